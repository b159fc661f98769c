using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GraphGateway.ControlPlane.Tests.Api;
using GraphGateway.ControlPlane.Tests.Schemas;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Pages;

/// <summary>What the pages show, and to whom.</summary>
public sealed class PagesTests : IDisposable
{
    private const string Dev = "/registry/graphs/shop/stages/dev";

    private static readonly (string Name, string Path)[] Pages =
    [
        ("graphs", "/registry"),
        ("graph", "/registry/graphs/shop"),
        ("stage", Dev),
        ("drafts", $"{Dev}?status=draft"),
        ("launch", $"{Dev}/launches/3"),
        ("draft", $"{Dev}/launches/4"),
        ("supergraph", $"{Dev}/launches/1/supergraph"),
        ("changes", $"{Dev}/launches/5/changes"),
        ("source of a launch", $"{Dev}/launches/3/sources/orders"),
        ("types", $"{Dev}/types"),
        ("search", $"{Dev}/types?q=NAM"),
        ("type", $"{Dev}/types/User"),
        ("usage", $"{Dev}/usage"),
        ("usage of a member", $"{Dev}/usage?member=User.name&q=user."),
        ("versions", "/registry/graphs/shop/sources/users"),
        ("version", "/registry/graphs/shop/sources/users/2"),
        ("compared", "/registry/graphs/shop/sources/users/2?from=1"),
    ];

    private readonly TemporaryFolder folder = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public static IEnumerable<object[]> AllPages => Pages.Select(page => new object[] { page.Name, page.Path });

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task Each_page_shows_what_is_there(string name, string path)
    {
        await using var api = await StartAsync();
        using var browser = await BrowserAsync(api, "read");
        var answer = await browser.GetAsync(path);
        Assert.Equal((200, "text/html; charset=utf-8"), (answer.Status, answer.Headers["Content-Type"]));
        Snapshot.Match(answer.Main, path, name.Replace(' ', '-'));
    }

    [Fact]
    public async Task Each_page_is_shown_to_the_keys_that_may_read_it()
    {
        await using var api = await StartAsync();
        await using (var other = await RegistryScript.OpenAsync(Place))
        {
            await other.PublishAsync("blog", "dev", RegistryScript.Root("posts"));
        }

        string[][] keys = [[], ["read"], ["read:shop"], ["read:shop/dev"], ["read:shop/production"], ["read:blog"], ["publish:shop/dev/users"], ["promote:shop"], ["admin"]];
        var table = new StringBuilder();
        foreach (var key in keys)
        {
            using var browser = key.Length == 0 ? new Browser(api.Server.Address) : await BrowserAsync(api, key);
            table.Append(string.Join(' ', key).PadRight(24));
            foreach (var (_, path) in Pages)
            {
                var answer = await browser.GetAsync(path);
                table.Append(answer.Status).Append(' ');

                // What is not the key's is not even named.
                Assert.True(answer.Status == 200 || !answer.Body.Contains("orders", StringComparison.Ordinal), path);
            }

            var list = key.Length == 0 ? "" : (await browser.GetAsync("/registry")).Body;
            table.Append(list.Contains(">shop<", StringComparison.Ordinal) ? " shop" : "").Append(list.Contains(">blog<", StringComparison.Ordinal) ? " blog" : "").Append('\n');
        }

        Assert.Equal(
            """
                                    303 303 303 303 303 303 303 303 303 303 303 303 303 303 303 303 303 
            read                    200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200  shop blog
            read:shop               200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200  shop
            read:shop/dev           200 200 200 200 200 200 200 200 200 200 200 200 200 200 403 403 403  shop
            read:shop/production    200 404 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 
            read:blog               200 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403  blog
            publish:shop/dev/users  200 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 
            promote:shop            200 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 403 
            admin                   200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200 200  shop blog

            """.ReplaceLineEndings("\n"),
            table.ToString());
        Assert.Contains(api.Log, line => Regex.IsMatch(
            line,
            @"^Warning: Refused \(403 FORBIDDEN\): page in shop/dev for owner of read:blog \(key [0-9a-f]{16}\) from 127\.0\.0\.1: The key of owner of read:blog has not the role read in this stage, which this page needs\.$"));
        Assert.Contains(api.Log, line => Regex.IsMatch(
            line,
            @"^Warning: Refused \(403 FORBIDDEN\): page in shop for owner of read:blog \(key [0-9a-f]{16}\) from 127\.0\.0\.1: The key of owner of read:blog has not the role read in any stage of this graph, which this page needs\.$"));
    }

    [Theory]
    [InlineData("/registry/nothing", "There is nothing at this address.")]
    [InlineData("/registry/graphs/none", "There is no such graph, or your key may read none of its stages.")]
    [InlineData("/registry/graphs/shop/stages/qa", "There is no such stage.")]
    [InlineData("/registry/graphs/shop/stages/qa/types", "There is no such stage.")]
    [InlineData(Dev + "/launches/99", "There is no launch #99 in dev of shop: it has #1 to #5.")]
    [InlineData(Dev + "/launches/0", "There is nothing at this address.")]
    [InlineData(Dev + "/launches/3/sources/none", "#3 of dev of shop has no such source. It has: orders, users.")]
    [InlineData(Dev + "/launches/4/supergraph", "#4 is a draft: it does not compose, and has no supergraph.")]
    [InlineData(Dev + "/launches/5/changes?from=77", "There is no launch #77 in dev of shop: it has #1 to #5.")]
    [InlineData(Dev + "/types/None", "What is live has no such type.")]
    [InlineData("/registry/graphs/shop/sources/none", "There is no such source in shop. It has: orders, users.")]
    [InlineData("/registry/graphs/shop/sources/users/9", "There is no such version: users has @1 to @2.")]
    public async Task What_is_not_there_says_what_is(string path, string words)
    {
        await using var api = await StartAsync();
        using var browser = await BrowserAsync(api, "read");
        var answer = await browser.GetAsync(path);
        Assert.Equal(404, answer.Status);
        Assert.Contains(words, System.Net.WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal);
        Assert.Contains("<a href=\"/registry/graphs/shop/stages/dev\">dev of shop</a>", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public Task What_no_store_takes_is_looked_for_in_no_file() => RefuseUnfitAsync(Place);

    [PostgresFact]
    public Task What_no_store_takes_is_looked_for_in_no_PostgreSQL() => PostgresDatabase.UseAsync(RefuseUnfitAsync);

    private static async Task RefuseUnfitAsync(string place)
    {
        await using var api = await ApiUnderTest.StartAsync(place);
        await using (var registry = SchemaRegistry.At(place))
        {
            await registry.PublishAsync("shop", "dev", [new SourcePublication("users", "type Query { a: Int }")], new LaunchNote(null, null), api.Clock.GetUtcNow(), default);
            await registry.CountUsageAsync("shop", "dev", new UsageCounts([new MemberUse("Query", "web", 1)], [new OperationUse("web", "hash", "Q", 1)]), api.Clock.GetUtcNow(), default);
        }

        using var browser = await BrowserAsync(api, "admin");
        foreach (var query in new[] { "q=%00", "client=a%00b", "member=%00", "days=%00", "%00=a" })
        {
            var page = await browser.GetAsync($"{Dev}/usage?{query}");
            Assert.Equal(400, page.Status);
            Assert.Contains("<p>A part of the address has a character of value 0.</p>", page.Body, StringComparison.Ordinal);
        }

        Assert.Equal(400, (await browser.GetAsync($"{Dev}/types?q=%00")).Status);
        Assert.Equal(400, (await browser.PostAsync("/registry/sign-in", "key=%00&next=%00")).Status);
    }

    // All that teams and clients choose is text, wherever it stands.
    [Fact]
    public async Task No_text_becomes_markup()
    {
        const string evil = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";
        await using var api = await ApiUnderTest.StartAsync(Place);
        await using (var registry = SchemaRegistry.At(Place))
        {
            var note = new LaunchNote(evil, evil);
            foreach (var field in new[] { "a", "b: Int c" })
            {
                var schema = $"# {evil}\ntype Query {{ \"\"\"{evil}\"\"\" {field}: Int @deprecated(reason: \"\"\"{evil}\"\"\") }} # \u202e{evil}";
                await registry.PublishAsync("shop", "dev", [new SourcePublication("users", schema) { Settings = "{\"extensions\":{\"x\":\"</pre><script>1</script>\"}}", SchemaName = evil }], note, api.Clock.GetUtcNow(), default);
            }

            await registry.PublishAsync("shop", "dev", [new SourcePublication("users", $"type Query {{ a: Missing }} # {evil}") { SchemaName = evil }], note, api.Clock.GetUtcNow(), default);
            await registry.CountUsageAsync("shop", "dev", new UsageCounts([new MemberUse(evil, evil, 1), new MemberUse("Query", evil, 1)], [new OperationUse(evil, new string('0', 64), evil, 1)]), api.Clock.GetUtcNow(), default);
        }

        using var browser = await BrowserAsync(api, "admin");
        var code = Uri.EscapeDataString(evil);
        var found = 0;
        foreach (var path in new[]
        {
            "/registry", "/registry/graphs/shop", Dev, $"{Dev}/launches/2", $"{Dev}/launches/3", $"{Dev}/launches/2/changes", $"{Dev}/launches/2/supergraph", $"{Dev}/launches/2/sources/users",
            $"{Dev}/types", $"{Dev}/types?q={code}", $"{Dev}/types/Query", $"{Dev}/types/{code}", $"{Dev}/usage", $"{Dev}/usage?member={code}&q={code}&client={code}",
            "/registry/graphs/shop/sources/users", "/registry/graphs/shop/sources/users/2", "/registry/graphs/shop/sources/users/2?from=1", "/registry/graphs/shop/sources/users/3?from=2",
            $"/registry/{code}", $"/registry/graphs/{code}", $"/registry/graphs/{code}/stages/{code}", $"/registry/sign-in?next={code}", $"/registry/sign-in?next=/registry/{code}",
        })
        {
            var body = (await browser.GetAsync(path)).Body;
            found += Regex.Count(body, "&lt;script&gt;");

            // Each "<" is one of a tag of ours, with attributes of ours.
            var tags = Regex.Matches(
                body,
                """<(!DOCTYPE html|/?(a|body|button|caption|code|dd|del|div|dl|dt|footer|form|h1|h2|head|header|html|input|ins|label|li|link|main|mark|meta|nav|ol|p|pre|section|span|strong|table|tbody|td|th|thead|time|title|tr|ul)( (action|aria-describedby|aria-label|autocomplete|autofocus|charset|class|content|data-n|data-name|data-o|datetime|for|href|id|lang|maxlength|method|min|name|rel|required|role|scope|spellcheck|tabindex|type|value)="[^"<>]*")*)>""");
            Assert.Equal(body.Count(character => character == '<'), tags.Count);
            Assert.DoesNotContain("\u202e", body, StringComparison.Ordinal);
            Assert.DoesNotContain(" on", string.Concat(tags.Select(tag => Regex.Replace(tag.Value, "\"[^\"]*\"", ""))), StringComparison.Ordinal);
        }

        Assert.True(found > 60, found.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Large_texts_and_long_lists_come_in_parts()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await using (var script = await RegistryScript.OpenAsync(Place))
        {
            for (var version = 1; version <= 30; version++)
            {
                await script.PublishAsync("shop", "dev", RegistryScript.Root("users", $"f{version}"));
            }

            var fields = string.Join('\n', Enumerable.Range(1, 2_500).Select(field => $"  f{field}: Int"));
            await script.PublishAsync("shop", "dev", new SourcePublication("users", $"type Query {{\n{fields}\n}}\n\"{new string('x', 5_000)}\" type A {{ a: Int }}\n"));
        }

        using var browser = await BrowserAsync(api, "read");
        var first = (await browser.GetAsync("/registry/graphs/shop/sources/users/31")).Body;
        Assert.Contains("Lines 1 to 1,000 of 2,503.", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/registry/graphs/shop/sources/users/31?line=1001\">Lines after these", first, StringComparison.Ordinal);
        Assert.Contains("data-n=\"1000\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("data-n=\"1001\"", first, StringComparison.Ordinal);
        var last = (await browser.GetAsync("/registry/graphs/shop/sources/users/31?line=2001")).Body;
        Assert.Contains("(4,020 more bytes are not shown)", last, StringComparison.Ordinal);
        Assert.Contains("The first 2,000 lines of the comparison are shown, and the rest is left out.", (await browser.GetAsync("/registry/graphs/shop/sources/users/31?from=1")).Body, StringComparison.Ordinal);
        Assert.Contains("2,200 more changes left out", (await browser.GetAsync($"{Dev}/launches/31/changes")).Body, StringComparison.Ordinal);

        foreach (var (path, name) in new[] { (Dev, "launches/"), ("/registry/graphs/shop/sources/users", "sources/users/") })
        {
            var seen = new List<string>();
            string? next = path;
            for (var page = 0; next is not null && page < 5; page++)
            {
                var body = (await browser.GetAsync(next)).Body;
                seen.AddRange(Regex.Matches(body[body.LastIndexOf("<tbody>", StringComparison.Ordinal)..], $"<th scope=\"row\"><a href=\"[^\"]*{name}([0-9]+)\"").Select(match => match.Groups[1].Value));
                next = Regex.Match(body, "href=\"([^\"]*before=[^\"]*)\"") is { Success: true } more ? System.Net.WebUtility.HtmlDecode(more.Groups[1].Value) : null;
            }

            Assert.Equal(Enumerable.Range(1, 31).Reverse().Select(number => number.ToString(CultureInfo.InvariantCulture)), seen);
        }
    }

    // 1 orders need users: 1 users, 2 orders, 3 users with an age, 4 orders do not compose, 5 users without a name wait.
    private async Task<ApiUnderTest> StartAsync()
    {
        var api = await ApiUnderTest.StartAsync(Place);
        await using var script = await RegistryScript.OpenAsync(Place);
        await script.PublishAsync("shop", "dev", RegistryScript.Users);
        await script.PublishAsync("shop", "dev", RegistryScript.Orders);
        await script.PublishAsync("shop", "dev", RegistryScript.UsersWith("age: Int @deprecated"));
        await script.PublishAsync("shop", "dev", RegistryScript.Orders with { Schema = "type Query { orders: Missing }" });
        await script.PublishAsync("shop", "dev", true, RegistryScript.Users);
        await script.Registry.CountUsageAsync(
            "shop",
            "dev",
            new UsageCounts(
                [new MemberUse("Query", "web", 1_200), new MemberUse("User.name", "web", 1_200), new MemberUse("User.name", "", 3), new MemberUse("User.age", "phone", 7)],
                [new OperationUse("web", new string('a', 64), "Names", 1_200), new OperationUse("", new string('b', 64), "", 3), new OperationUse("phone", "", "", 7)]),
            api.Clock.GetUtcNow(),
            default);
        return api;
    }

    private static async Task<Browser> BrowserAsync(ApiUnderTest api, params string[] scopes)
    {
        var browser = new Browser(api.Server.Address);
        Assert.Equal(303, (await browser.SignInAsync(await api.KeyAsync(scopes))).Status);
        return browser;
    }
}
