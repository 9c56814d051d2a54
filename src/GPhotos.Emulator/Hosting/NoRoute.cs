namespace GPhotos.Emulator.Hosting;

/// <summary>What Google's front end answers for a path that no service has.</summary>
internal static class NoRoute
{
    public static Route Instance { get; } = new("unknown", "", "", _ => ValueTask.FromResult(Reply.Html(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Error 404 (Not Found)!!1</title>"
        + "<p><b>404.</b> That’s an error.<p>The requested URL was not found on this server.",
        404)));
}
