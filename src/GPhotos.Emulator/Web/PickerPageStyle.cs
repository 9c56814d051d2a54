namespace GPhotos.Emulator.Web;

/// <summary>What the page for picking has beyond the library page's looks, and its script.</summary>
internal static class PickerPageStyle
{
    public const string Extra = """
        <style>
        header{align-items:center}header .grow{flex:1}header label{display:flex;gap:.5rem;align-items:center}
        button{font:inherit;border:0;border-radius:2rem;padding:.5rem 1.5rem;background:#0b57d0;color:#fff;cursor:pointer}
        button:disabled{background:var(--card);color:var(--soft);cursor:default}
        header p.over{color:#d93025;font-weight:500}
        figure{position:relative;content-visibility:auto;contain-intrinsic-size:11rem 12rem}figure label{display:block;cursor:pointer}
        figure input{position:absolute;top:.6rem;left:.6rem;width:1.25rem;height:1.25rem;accent-color:#0b57d0}
        figure:has(:checked){outline:3px solid #0b57d0}.said{max-width:32rem;margin:12vh auto;text-align:center}
        </style>
        """;

    /// <summary>Keeps the count, and sends the form without leaving the page: a tab that went on to another page may not close itself.</summary>
    public const string Script = """
        <script>
        (() => {
          const form = document.forms[0], boxes = [...form.querySelectorAll('[name=id]')];
          const all = document.getElementById('all'), count = document.getElementById('count'), done = document.getElementById('done');
          const most = Number(form.dataset.most);
          const tell = () => {
            const picked = boxes.filter(box => box.checked).length;
            count.textContent = `${picked} picked, at most ${most}`;
            count.classList.toggle('over', picked > most);
            done.disabled = picked === 0 || picked > most;
            all.checked = picked > 0 && picked === boxes.length;
            all.indeterminate = picked > 0 && picked < boxes.length;
          };
          form.addEventListener('change', event => {
            if (event.target === all) boxes.forEach(box => box.checked = all.checked);
            tell();
          });
          form.addEventListener('submit', async event => {
            event.preventDefault();
            done.disabled = true;
            const body = new URLSearchParams(new FormData(form));
            const reply = await fetch(location.href, { method: 'POST', body }).catch(() => null);
            if (!reply) {
              tell();
              count.textContent = 'The emulator does not answer.';
              return;
            }
            document.documentElement.innerHTML = await reply.text();
            if (reply.ok && 'autoclose' in form.dataset) window.close();
          });
          tell();
        })();
        </script>
        """;
}
