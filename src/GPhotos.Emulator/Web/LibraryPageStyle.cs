namespace GPhotos.Emulator.Web;

/// <summary>The looks of the library page; all of it inside the page, for there is no other host to fetch from.</summary>
internal static class LibraryPageStyle
{
    public const string Head = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>Google Photos emulator</title><link rel="icon" href="data:,"><style>
        :root{color-scheme:light dark;--back:#fff;--text:#1f1f1f;--soft:#5f6368;--card:#f0f4f9}
        @media(prefers-color-scheme:dark){:root{--back:#131314;--text:#e3e3e3;--soft:#9aa0a6;--card:#1e1f20}}
        body{margin:0;background:var(--back);color:var(--text);font:14px/1.4 system-ui,sans-serif}
        header{position:sticky;top:0;z-index:1;display:flex;align-items:baseline;gap:1.5rem;padding:.75rem 2rem;background:var(--back);border-bottom:1px solid var(--card)}
        h1{font-weight:500;font-size:1.4rem;margin:0}h1 span{color:var(--soft);font-weight:400}header p{margin:0;color:var(--soft)}
        main{padding:0 2rem 3rem;max-width:100rem;margin:auto}h2{font-size:1rem;font-weight:500;margin:2rem 0 .75rem}
        .items,.albums{display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr))}
        figure{margin:0;background:var(--card);border-radius:.75rem;overflow:hidden}
        .albums figure{border-radius:1.25rem}img,.empty{display:block;width:100%;aspect-ratio:4/3;object-fit:cover;background:#8884}
        figcaption{padding:.5rem .75rem .6rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
        small{display:block;color:var(--soft);overflow:hidden;text-overflow:ellipsis}.more{color:var(--soft);text-align:center;margin:3rem}
        </style>
        """;
}
