using System.Collections.Concurrent;
using GraphGateway.TestKit;
using Microsoft.Playwright;

namespace GraphGateway.Gateway.Tests.Ide;

/// <summary>Debian's Chromium without a window, with one page, and the hosts that the page called. No browser is ever downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ConcurrentDictionary<string, bool> _hosts = new();

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page)
    {
        _playwright = playwright;
        _browser = browser;
        Page = page;
        // The context's requests are those of service workers too.
        page.Context.Request += (_, request) => Note(request.Url);
        page.WebSocket += (_, socket) => Note(socket.Url);
        page.PageError += (_, error) => Errors.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Exceptions that no script of the page caught.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    /// <summary>Host and port of all that the page asked for, also where its policy did not let it.</summary>
    public IEnumerable<string> Hosts => _hosts.Keys.Order(StringComparer.Ordinal);

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Requirements.ChromiumPath,
            // Without the sandbox, because root has none; the rest keeps the browser itself from calling anybody.
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            // High enough for the whole answer: the IDE's editor keeps only the lines that are seen.
            ViewportSize = new ViewportSize { Width = 1360, Height = 940 },
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(120_000);
        Assertions.SetDefaultExpectTimeout(120_000);
        return new Chromium(playwright, browser, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private void Note(string url)
    {
        var uri = new Uri(url);
        if (uri.Scheme is not ("data" or "blob"))
        {
            _hosts[uri.Authority] = true;
        }
    }
}
