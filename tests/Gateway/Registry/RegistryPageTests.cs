using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Ide;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>What people do with the registry's page in a browser, on a phone and at a desk.</summary>
public sealed class RegistryPageTests : IDisposable
{
    private const string Dev = "/registry/graphs/shop/stages/dev";
    private const int Phone = 360;
    private const int Desk = 1280;

    private static readonly byte[] Pepper = Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");

    // Of texts and what they stand on, the pairs with less contrast than WCAG's AA asks for (4.5; 3 where they are large), by the colours that the browser has worked out.
    private const string WeakContrasts = """
        () => {
          const parse = text => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return [r, g, b, a]; };
          const over = ([r, g, b, a], back) => [r, g, b].map((part, at) => part * a + back[at] * (1 - a));
          const backOf = element => {
            if (!element) return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
            const colour = parse(getComputedStyle(element).backgroundColor);
            return colour[3] === 1 ? colour.slice(0, 3) : over(colour, backOf(element.parentElement));
          };
          const light = parts => parts.map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
            .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
          const weak = new Set();
          for (const element of document.querySelectorAll('body *')) {
            if (![...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim())) continue;
            const style = getComputedStyle(element);
            const back = backOf(element), [one, other] = [light(over(parse(style.color), back)), light(back)];
            const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
            if (contrast < (isLarge ? 3 : 4.5)) weak.add(`${element.tagName}.${element.className}: ${contrast.toFixed(2)}`);
          }
          return [...weak];
        }
        """;

    // What somebody who does not see the page, or has no mouse, would miss.
    private const string Missing = """
        () => [
          document.documentElement.lang === 'en' || 'lang',
          document.title || 'title',
          document.querySelectorAll('h1').length === 1 || 'one h1',
          [...document.querySelectorAll('table')].every(table => table.caption && [...table.querySelectorAll('th')].every(th => th.scope)) || 'captions and scopes',
          [...document.querySelectorAll('input:not([type=hidden])')].every(input => input.labels.length === 1) || 'labels',
          [...document.querySelectorAll('.scroll')].every(box => box.tabIndex === 0 && box.getAttribute('aria-label')) || 'boxes that are scrolled with keys',
          [...document.querySelectorAll('a, button')].every(link => link.textContent.trim()) || 'words on links',
          new Set([...document.querySelectorAll('[id]')].map(element => element.id)).size === document.querySelectorAll('[id]').length || 'ids that are there once',
          [...document.querySelectorAll('.scroll')].every(box => box.scrollWidth <= box.clientWidth || box.querySelector('pre')) || 'room: a table is scrolled sideways',
          [...document.querySelectorAll('td')].every(cell => cell.scrollHeight <= cell.clientHeight + 1) || 'room: what is in a cell, or the name of its column, lies over the next one',
          document.documentElement.scrollWidth <= document.documentElement.clientWidth || 'room: the page is scrolled sideways',
        ].filter(missing => typeof missing === 'string' && missing !== document.title)
        """;

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter console = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        console.Dispose();
        folder.Dispose();
    }

    [ChromiumFact]
    public async Task People_sign_in_look_through_the_registry_and_sign_out()
    {
        await using var server = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var page = chromium.Page;
        await page.GotoAsync(new Uri(server.Address, Dev).AbsoluteUri);
        await SignInAsync(page, "no key");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is no key of this registry, or no longer a valid one.");

        await SignInAsync(page, console.ToString().Split("shown this once: ")[1].Trim());
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("dev of shop");
        Assert.Equal(new Uri(server.Address, Dev).AbsoluteUri, page.Url);

        // A draft, and the place that is wrong.
        await page.GetByRole(AriaRole.Link, Named("#3")).ClickAsync();
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("#3 of dev of shop draft");
        await Assertions.Expect(page.Locator(".problems mark").First).ToHaveTextAsync("Missing");
        await page.GetByRole(AriaRole.Link, Named("orders, orders.graphqls:2:11")).ClickAsync();
        await Assertions.Expect(page.Locator("#L2")).ToBeInViewportAsync();
        await Assertions.Expect(page.Locator("#L2")).ToHaveTextAsync("orders: Missing ");

        // What would break whom.
        await page.GotoAsync(new Uri(server.Address, $"{Dev}/launches/4").AbsoluteUri);
        await page.GetByRole(AriaRole.Link, Named("Changes")).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "FIELD_REMOVED" }).Last).ToContainTextAsync("web <b>1</b> (1,200)");
        await Assertions.Expect(page.Locator(".diff del").First).ToContainTextAsync("total");

        // Who owns it.
        await page.GetByRole(AriaRole.Link, Named("dev")).ClickAsync();
        await page.GetByRole(AriaRole.Link, Named("Types and owners")).ClickAsync();
        await page.GetByLabel("Type or field").FillAsync("TOTAL");
        await page.GetByRole(AriaRole.Button, Named("Search")).ClickAsync();
        await page.GetByRole(AriaRole.Link, Named("Query")).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = "total" })).ToContainTextAsync("orders");

        await page.GetByRole(AriaRole.Button, Named("Sign out")).ClickAsync();
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("Sign in");
        await page.GoBackAsync();
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("Sign in");
        Assert.Equal([server.Address.Authority], chromium.Hosts);
        Assert.Empty(chromium.Errors);
    }

    [ChromiumFact]
    public async Task Each_page_can_be_read_on_a_phone_and_at_a_desk_by_day_and_by_night()
    {
        await using var server = await StartAsync();
        await using var chromium = await Chromium.StartAsync();
        var page = chromium.Page;
        var console = new List<string>();
        page.Console += (_, message) => console.Add(message.Text);
        await page.GotoAsync(new Uri(server.Address, "/registry").AbsoluteUri);
        var found = new List<string>();
        await LookAsync("sign in");
        await SignInAsync(page, this.console.ToString().Split("shown this once: ")[1].Trim());
        await Assertions.Expect(Heading(page)).ToHaveTextAsync("Graphs");
        console.Clear();
        foreach (var path in new[]
        {
            "/registry", "/registry/graphs/shop", Dev, $"{Dev}/launches/2", $"{Dev}/launches/3", $"{Dev}/launches/4", $"{Dev}/launches/4/changes", $"{Dev}/launches/2/supergraph",
            $"{Dev}/launches/2/sources/orders", $"{Dev}/types", $"{Dev}/types?q=o", $"{Dev}/types/Query", $"{Dev}/usage", $"{Dev}/usage?member=Query.total",
            "/registry/graphs/shop/sources/orders", "/registry/graphs/shop/sources/orders/1", "/registry/graphs/shop/sources/orders/3?from=1",
        })
        {
            await page.GotoAsync(new Uri(server.Address, path).AbsoluteUri);
            await LookAsync(path);
        }

        Assert.Empty(found);
        Assert.Empty(console);

        async Task LookAsync(string path)
        {
            foreach (var width in new[] { Phone, Desk })
            {
                await page.SetViewportSizeAsync(width, 800);
                foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
                {
                    await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                    foreach (var problem in (await page.EvaluateAsync<string[]>(WeakContrasts)).Concat(await page.EvaluateAsync<string[]>(Missing)))
                    {
                        found.Add($"{path} at {width}, {scheme}: {problem}");
                    }
                }
            }

            // The first stop of the keyboard leads past the header.
            await page.EvaluateAsync("() => document.activeElement.blur()");
            await page.Keyboard.PressAsync("Tab");
            if (path != "sign in" && await page.EvaluateAsync<string>("() => document.activeElement.textContent") != "Skip to the content")
            {
                found.Add($"{path}: no way past the header");
            }
        }
    }

    private static ILocator Heading(IPage page) => page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 });

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };

    private static async Task SignInAsync(IPage page, string key)
    {
        await page.GetByLabel("API key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, Named("Sign in")).ClickAsync();
    }

    // 1 users, 2 orders, 3 a draft, 4 waits and takes a field away that is used. Names are as long as they may be.
    private async Task<RegistryServer> StartAsync()
    {
        var clock = new FakeTimeProvider();
        var (server, problem) = await RegistryServer.StartAsync(new RegistryServerOptions(Place, new Uri("http://127.0.0.1:0"), Pepper), console, _ => { }, clock, default);
        Assert.Null(problem);
        await using var registry = SchemaRegistry.At(Place);
        var note = new LaunchNote(new string('w', RegistryLimits.LabelLength), new string('7', RegistryLimits.LabelLength));
        await PublishAsync(new SourcePublication("users", "type Query {\n  me: User\n}\n\n\"Somebody who buys.\"\ntype User { id: ID! name: String }\n") { Url = $"http://127.0.0.1:1/{new string('a', 300)}" });
        await PublishAsync(new SourcePublication("orders", $"# Orders\ntype Query {{\n  total: Int\n  {new string('f', 120)}(size: Int = 1): Kind @deprecated(reason: \"old\")\n}}\n\nenum Kind {{ A B }}\n") { Settings = "{\"dialect\":\"composite\"}" });
        await PublishAsync(new SourcePublication("orders", "type Query {\n  orders: Missing \n}\n") { SchemaName = "orders.graphqls" });
        note = note with { WaitForApproval = true };
        await PublishAsync(new SourcePublication("orders", "# Orders\ntype Query {\n  sum: Int\n}\n"));
        await registry.CountUsageAsync(
            "shop", "dev", new UsageCounts([new MemberUse("Query", "web <b>1</b>", 1_200), new MemberUse("Query.total", "web <b>1</b>", 1_200)], [new OperationUse("web <b>1</b>", new string('a', 64), new string('o', 128), 1_200)]), clock.GetUtcNow(), default);
        return server!;

        Task PublishAsync(SourcePublication publication) => registry.PublishAsync("shop", "dev", [publication], note, clock.GetUtcNow(), default);
    }
}
