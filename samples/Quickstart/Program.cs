using GPhotos.Core.Profiles;

// The journey of the demo through the C# client: sign in, list a day, save it, make an album, send files to it, list the album.
//
//   dotnet run --project samples/Quickstart -- --client-secret FILE [--endpoint URL]
//
// --with-emulator does it without an account: it starts the emulator on samples/photos and presses "Allow" itself.
using System.Globalization;
using GPhotos;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.Core.Uploads;
using Quickstart;

Arguments arguments = Arguments.Parse(args);
using EmulatorRun? emulator = arguments.WithEmulator ? await EmulatorRun.StartAsync() : null;
Uri? server = emulator?.Endpoint ?? arguments.Endpoint;
GPhotosEndpoints endpoints = server is null ? GPhotosEndpoints.Google : GPhotosEndpoints.At(server);
ClientSecret secret = ClientSecret.Read(emulator?.ClientSecretPath ?? arguments.ClientSecretPath, endpoints);

using GPhotosConnection connection = await GPhotosConnection.SignInAsync(
    Profile.DefaultName,
    new BrowserSignIn(endpoints, secret, GPhotosScopes.Library),
    emulator is null ? SystemBrowser.Open : EmulatorRun.Approve);
GPhotosClient client = connection.Client;
Console.WriteLine($"Signed in. Scopes: {string.Join(", ", connection.Context.Scopes)}");

MediaItemQuery day = new() { Dates = [PhotoDate.Parse("2017-10-05")], Order = MediaItemOrder.OldestFirst };
Console.WriteLine($"\nItems of {day.Dates[0]}:");
await foreach (MediaItem item in client.MediaItems.ListAsync(day))
{
    Console.WriteLine($"  {item.CreationTime:yyyy-MM-dd HH:mm:ss}  {item.MediaType,-5}  {item.Width}x{item.Height}  {item.FileName}");
}

string folder = Path.GetFullPath(Path.Combine("output", "quickstart", DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)));
Console.WriteLine($"\nSaved to {folder}:");
SaveOptions saving = new() { Destination = folder };
await foreach (SaveOutcome outcome in client.Saver.SaveAsync(client.MediaItems.ListAsync(day).Select(i => new SaveRequest(i.Id, i)), saving))
{
    Console.WriteLine(outcome.Error is { } error
        ? $"  {error.Message}"
        : $"  {outcome.Result!.Status}  {outcome.Result.Length,8:N0} bytes  {Path.GetFileName(outcome.Result.FullName)}");
}

Album album = await client.Albums.CreateAsync("Quickstart");
Console.WriteLine($"\nSent to the album '{album.Title}':");
IAsyncEnumerable<SendRequest> files = Directory.EnumerateFiles(folder).Order().Select(f => new SendRequest(f) { AlbumId = album.Id }).ToAsyncEnumerable();
await foreach (SendOutcome outcome in client.Sender.SendAsync(files, new SendOptions()))
{
    Console.WriteLine(outcome.Error is { } error ? $"  {error.Message}" : $"  {outcome.Result!.Status}  {Path.GetFileName(outcome.Result.FullName)}");
}

album = await client.Albums.GetAsync(album.Id);
Console.WriteLine($"\nThe album '{album.Title}' holds {album.MediaItemsCount} items:");
await foreach (MediaItem item in client.MediaItems.ListAsync(new MediaItemQuery { AlbumId = album.Id }))
{
    Console.WriteLine($"  {item.FileName}");
}
