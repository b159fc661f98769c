using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using GraphGateway.ControlPlane.Tests.Api;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Pages;

/// <summary>Who gets in, and who does not.</summary>
public sealed class SignInTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task A_key_opens_a_session_until_it_is_signed_out()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address);
        var asked = await browser.GetAsync("/registry/graphs/shop?q=a%20b");
        Assert.Equal((303, "/registry/sign-in?next=%2Fregistry%2Fgraphs%2Fshop%3Fq%3Da%2520b", ""), (asked.Status, asked.Headers["Location"], asked.Body));
        Assert.Contains("""<input type="hidden" name="next" value="/registry/graphs/shop?q=a%20b">""", (await browser.GetAsync(asked.Headers["Location"])).Body, StringComparison.Ordinal);

        var signed = await browser.PostAsync("/registry/sign-in", $"key=+{api.FirstKey}%0A&next=%2Fregistry%2Fgraphs%2Fshop%3Fq%3Da%2520b");
        Assert.Equal((303, "/registry/graphs/shop?q=a%20b"), (signed.Status, signed.Headers["Location"]));
        Assert.Matches("^graphgateway-registry=[0-9a-f]{64}; path=/registry; samesite=strict; httponly$", signed.Headers["Set-Cookie"]);
        var page = await browser.GetAsync("/registry");
        Assert.Equal(200, page.Status);
        Assert.Contains("<span class=\"who\">first admin</span>", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(api.FirstKey![21..60], page.Body, StringComparison.Ordinal);

        // A link does not end it.
        Assert.Equal(404, (await browser.GetAsync("/registry/sign-out")).Status);
        var cookie = browser.Cookie;
        Assert.Equal((303, "/registry/sign-in"), await LocationAsync(browser.PostAsync("/registry/sign-out", "")));
        Assert.Equal("graphgateway-registry=", browser.Cookie);
        browser.Cookie = cookie;
        Assert.Equal(303, (await browser.GetAsync("/registry")).Status);
        Assert.All(api.Log, line => Assert.DoesNotContain(api.FirstKey[21..60], line, StringComparison.Ordinal));
        Assert.Contains($"Information: first admin (key {ApiKeyText.IdOf(api.FirstKey)}) has signed in from 127.0.0.1", api.Log);
    }

    // Anybody can send that: it is no mistake of the registry's, of which each has a line with its stack in the log.
    [Fact]
    public async Task A_form_that_breaks_off_or_cannot_be_read_is_no_mistake_of_the_registrys()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        foreach (var type in new[] { "application/x-www-form-urlencoded", "multipart/form-data; boundary=b" })
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
            await socket.ConnectAsync(api.Server.Address.Host, api.Server.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /registry/sign-in HTTP/1.1\r\nHost: registry\r\nContent-Type: {type}\r\nContent-Length: 4000\r\n\r\n--b\r\nkey=a"));
            await SeenAsync(() => api.Server.Room is { Count: 1, Idle: 0 });
            socket.Close();
            await SeenAsync(() => api.Server.Room.Count == 0);
        }

        using var client = new HttpClient { BaseAddress = api.Server.Address };
        using var form = new StringContent("key=a") { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-7") } };
        using var answer = await client.PostAsync("/registry/sign-in", form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);

        // The same of the body of somebody with a key.
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) })
        {
            await socket.ConnectAsync(api.Server.Address.Host, api.Server.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"POST /api/graphs/shop/stages/dev/publish HTTP/1.1\r\nHost: registry\r\nAuthorization: Bearer {api.FirstKey}\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{{"));
            await SeenAsync(() => api.Server.Bodies.Bytes > 0);
            socket.Close();
            await SeenAsync(() => api.Server.Bodies.Bytes == 0);
        }

        Assert.DoesNotContain(api.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_are_none_are_refused_alike_and_are_in_the_log_without_the_key()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        string revoked, expired;
        await using (var keys = ApiKeyStore.OfRegistry(Place))
        {
            var made = await keys.CreateAsync(new ApiKeyGrant("web", null, ["read"], null), ApiUnderTest.Pepper, api.Clock.GetUtcNow(), default);
            Assert.True(await keys.RevokeAsync(made.Key.Id, api.Clock.GetUtcNow(), default));
            revoked = made.Text;
            expired = (await keys.CreateAsync(new ApiKeyGrant("web", null, ["read"], api.Clock.GetUtcNow()), ApiUnderTest.Pepper, api.Clock.GetUtcNow(), default)).Text;
        }

        var (stranger, firstId) = (ApiKeyText.Make(), ApiKeyText.IdOf(api.FirstKey!));
        using var browser = new Browser(api.Server.Address);
        string? usual = null;
        foreach (var key in new[] { "", "hello", api.FirstKey![..^1] + "x", stranger, revoked, expired, "<script>" })
        {
            var answer = await browser.SignInAsync(key);
            Assert.Equal(401, answer.Status);
            Assert.Equal(usual ??= answer.Body, answer.Body);
            Assert.Null(browser.Cookie);
        }

        Assert.Contains("This is no key of this registry, or no longer a valid one.", usual, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Refused (401 KEY_INVALID): signIn for nobody known from 127.0.0.1: This is no key of this registry.",
                "Refused (401 KEY_INVALID): signIn for nobody known from 127.0.0.1: This is no key of this registry.",
                "Refused (401 KEY_INVALID): signIn for nobody known from 127.0.0.1: This is no key of this registry.",
                $"Refused (401 KEY_INVALID): signIn for key {ApiKeyText.IdOf(stranger)} from 127.0.0.1: This is no key of this registry.",
                $"Refused (401 KEY_REVOKED): signIn for key {ApiKeyText.IdOf(revoked)} from 127.0.0.1: The key was revoked.",
                $"Refused (401 KEY_EXPIRED): signIn for key {ApiKeyText.IdOf(expired)} from 127.0.0.1: The key is no longer valid.",
                "Refused (401 KEY_INVALID): signIn for nobody known from 127.0.0.1: This is no key of this registry.",
            ],
            api.Log.Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal)).Select(line => line["Warning: ".Length..]));
        Assert.NotNull(firstId);
    }

    // Else nothing leads whoever has started it to the pepper: to clients all keys are no keys of it.
    [Fact]
    public async Task With_another_pepper_the_log_says_what_it_may_be()
    {
        string key;
        await using (var before = await ApiUnderTest.StartAsync(Place))
        {
            key = before.FirstKey!;
        }

        await using var api = await ApiUnderTest.StartAsync(Place, options => options with { Pepper = Encoding.ASCII.GetBytes("another one of a test, 32 bytes..") });
        var (status, body) = await api.SendAsync("GET", "/api/stages", key);
        Assert.Equal(401, status);
        Assert.Contains("\"detail\":\"This is no key of this registry.\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("pepper", body, StringComparison.Ordinal);
        Assert.Contains(
            $"Warning: Refused (401 KEY_INVALID): listStages for key {ApiKeyText.IdOf(key)} from 127.0.0.1: This is no key of this registry. There is a key of this name with another secret; "
            + "if all keys are refused, the pepper (--pepper-file) is not the one that they were made with.",
            api.Log);
    }

    [Theory]
    [InlineData(303)]
    [InlineData(303, "Sec-Fetch-Site", "same-origin")]
    [InlineData(303, "Sec-Fetch-Site", "same-origin", "Origin", "null")]
    [InlineData(403, "Sec-Fetch-Site", "cross-site")]
    [InlineData(403, "Sec-Fetch-Site", "same-site", "Origin", "OURS")]
    [InlineData(403, "Sec-Fetch-Site", "none")]
    [InlineData(303, "Origin", "OURS")]
    [InlineData(403, "Origin", "null")]
    [InlineData(403, "Origin", "http://evil.example")]
    [InlineData(403, "Origin", "http://127.0.0.1:1")]
    public async Task A_form_of_another_site_is_refused(int status, params string[] headers)
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address);
        var sent = headers.Chunk(2).Select(header => (header[0], header[1].Replace("OURS", api.Server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal))).ToArray();
        Assert.Equal(status, (await browser.SignInAsync(api.FirstKey!, sent)).Status);
        Assert.Equal(status == 303, browser.Cookie is not null);
        Assert.Equal(status == 403, api.Log.Contains("Warning: Refused (403 FORBIDDEN): signIn for a browser from 127.0.0.1: The form came from another site."));

        // Nor does another site sign anybody out.
        await browser.SignInAsync(api.FirstKey!);
        var cookie = browser.Cookie;
        await browser.PostAsync("/registry/sign-out", "", sent);
        browser.Cookie = cookie;
        Assert.Equal(status == 303 ? 303 : 200, (await browser.GetAsync("/registry")).Status);
    }

    [Theory]
    [InlineData("/registry/graphs/a?b=c", "/registry/graphs/a?b=c")]
    [InlineData("/registry", "/registry")]
    [InlineData("", "/registry")]
    [InlineData("https://evil.example/", "/registry")]
    [InlineData("//evil.example/registry", "/registry")]
    [InlineData("/registry.evil.example", "/registry")]
    [InlineData("/registry@evil.example", "/registry")]
    [InlineData("/registry/\\evil.example", "/registry")]
    [InlineData("/registry/a\r\nSet-Cookie: a=b", "/registry")]
    [InlineData("/registry/ü", "/registry")]
    [InlineData("/registry/sign-out", "/registry")]
    [InlineData("/api/keys", "/registry")]
    public async Task After_signing_in_the_way_leads_to_pages_of_the_registry_alone(string next, string location)
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address);
        Assert.Equal((303, location), await LocationAsync(browser.PostAsync("/registry/sign-in", $"key={api.FirstKey}&next={Uri.EscapeDataString(next)}")));
    }

    [Fact]
    public async Task A_session_ends_with_its_key_and_after_eight_hours()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address);
        await browser.SignInAsync(api.FirstKey!);
        api.Clock.Advance(PageSessions.Life - TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await browser.GetAsync("/registry")).Status);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(303, (await browser.GetAsync("/registry")).Status);

        await using var keys = ApiKeyStore.OfRegistry(Place);
        var made = await keys.CreateAsync(new ApiKeyGrant("web", null, ["read"], api.Clock.GetUtcNow().AddHours(1)), ApiUnderTest.Pepper, api.Clock.GetUtcNow(), default);
        await browser.SignInAsync(made.Text);
        Assert.Equal(200, (await browser.GetAsync("/registry")).Status);
        api.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(303, (await browser.GetAsync("/registry")).Status);

        var other = await keys.CreateAsync(new ApiKeyGrant("web", null, ["read"], null), ApiUnderTest.Pepper, api.Clock.GetUtcNow(), default);
        await browser.SignInAsync(other.Text);
        Assert.Equal(200, (await browser.GetAsync("/registry")).Status);
        await keys.RevokeAsync(other.Key.Id, api.Clock.GetUtcNow(), default);
        Assert.Equal(303, (await browser.GetAsync("/registry")).Status);
        Assert.Equal(
            [
                "Warning: Refused (401 KEY_INVALID): page for nobody known from 127.0.0.1: There is no such session, or no longer.",
                $"Warning: Refused (401 KEY_EXPIRED): page for key {made.Key.Id} from 127.0.0.1: The key is no longer valid.",
                $"Warning: Refused (401 KEY_REVOKED): page for key {other.Key.Id} from 127.0.0.1: The key was revoked.",
            ],
            api.Log.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_asks_without_a_session_has_a_line_in_the_log_but_for_a_first_visit()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address);

        // A first visit, the form, the style, and a name that a browser has taken back.
        foreach (var path in new[] { "/registry", "/registry/", "/registry/sign-in", "/registry/page.css" })
        {
            await browser.GetAsync(path);
        }

        await browser.SignInAsync(api.FirstKey!);
        var cookie = browser.Cookie;
        await browser.PostAsync("/registry/sign-out", "");
        await browser.GetAsync("/registry");
        Assert.Empty(Warnings());

        // A page that somebody knows, a session that has ended, one that never was, and one that is over.
        browser.Cookie = null;
        await browser.GetAsync("/registry/graphs/shop/stages/dev/types?q=secret");
        await browser.GetAsync("/registry/graphs/%3Cscript%3E/stages/dev");
        browser.Cookie = cookie;
        await browser.GetAsync("/registry");
        browser.Cookie = $"{SignIn.Cookie}=forged";
        await browser.GetAsync("/registry/graphs/shop");
        browser.Cookie = null;
        await browser.SignInAsync(api.FirstKey!);
        api.Clock.Advance(PageSessions.Life);
        await browser.GetAsync("/registry");
        Assert.Equal(
            [
                "Refused (401 KEY_MISSING): page in shop/dev for nobody known from 127.0.0.1: Nobody has signed in.",
                "Refused (401 KEY_MISSING): page for nobody known from 127.0.0.1: Nobody has signed in.",
                "Refused (401 KEY_INVALID): page for nobody known from 127.0.0.1: There is no such session, or no longer.",
                "Refused (401 KEY_INVALID): page in shop for nobody known from 127.0.0.1: There is no such session, or no longer.",
                "Refused (401 KEY_INVALID): page for nobody known from 127.0.0.1: There is no such session, or no longer.",
            ],
            Warnings());

        IEnumerable<string> Warnings() => api.Log.Where(line => line.StartsWith("Warning: ", StringComparison.Ordinal)).Select(line => line["Warning: ".Length..]);
    }

    [Fact]
    public async Task Nobody_chooses_the_name_of_a_session_and_no_session_opens_the_API()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address) { Cookie = $"{SignIn.Cookie}={new string('a', 64)}" };
        Assert.Equal(303, (await browser.GetAsync("/registry")).Status);
        await browser.SignInAsync(api.FirstKey!);
        Assert.NotEqual($"{SignIn.Cookie}={new string('a', 64)}", browser.Cookie);
        Assert.Equal(401, (await browser.GetAsync("/api/stages")).Status);

        // Signing in anew ends what was there.
        var first = browser.Cookie;
        await browser.SignInAsync(api.FirstKey!);
        (var second, browser.Cookie) = (browser.Cookie, first);
        Assert.Equal(303, (await browser.GetAsync("/registry")).Status);
        browser.Cookie = second;
        Assert.Equal(200, (await browser.GetAsync("/registry")).Status);

        // Nor does the API's header open the page.
        browser.Cookie = null;
        Assert.Equal(303, (await browser.GetAsync("/registry", ("Authorization", $"Bearer {api.FirstKey}"))).Status);
    }

    [Fact]
    public async Task Where_the_browser_speaks_TLS_the_cookie_goes_over_TLS_alone()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address);
        Assert.EndsWith("; path=/registry; secure; samesite=strict; httponly", (await browser.SignInAsync(api.FirstKey!, ("X-Forwarded-Proto", "https"))).Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_answers_forbid_scripts_frames_and_keeping()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address);
        await browser.SignInAsync(api.FirstKey!);
        foreach (var path in new[] { "/registry", "/registry/nothing", "/registry/page.css", "/registry/sign-in" })
        {
            var headers = (await browser.GetAsync(path)).Headers;
            Assert.Equal("default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", headers["Content-Security-Policy"]);
            Assert.Equal(("nosniff", "no-store", "same-origin"), (headers["X-Content-Type-Options"], headers["Cache-Control"], headers["Referrer-Policy"]));
        }
    }

    [Fact]
    public async Task What_is_no_form_or_too_large_is_refused_and_nothing_is_changed_with_other_methods()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        using var browser = new Browser(api.Server.Address);
        Assert.Equal(400, (await browser.PostAsync("/registry/sign-in", "key=" + new string('a', 9_000))).Status);
        Assert.Equal(405, (await browser.PostAsync("/registry", "")).Status);
        Assert.Equal(405, (await browser.SendAsync(HttpMethod.Delete, "/registry", null)).Status);
        await browser.SignInAsync(api.FirstKey!);
        Assert.Equal(405, (await browser.PostAsync("/registry/graphs/shop", "")).Status);
        Assert.Equal((200, ""), await StatusAsync(browser.SendAsync(HttpMethod.Head, "/registry", null)));
    }

    [Fact]
    public void Sessions_have_a_bound_and_a_key_pushes_out_its_own_first()
    {
        var clock = new FakeTimeProvider();
        var sessions = new PageSessions(clock);
        var first = sessions.Begin("other", []);
        var names = new List<string>();
        for (var at = 0; at < PageSessions.MostOfKey + 5; at++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            names.Add(sessions.Begin("one", [1]));
        }

        Assert.Equal(5, names.Count(name => sessions.Find(name) is null));
        Assert.All(names[..5], name => Assert.Null(sessions.Find(name)));
        Assert.Equal("other", sessions.Find(first)!.KeyId);
        for (var at = 0; at < PageSessions.Most + 10; at++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            sessions.Begin($"key {at}", []);
        }

        Assert.Equal(PageSessions.Most, sessions.Count);
        Assert.Null(sessions.Find(first));
        clock.Advance(PageSessions.Life);
        sessions.Begin("one", []);
        Assert.Equal(1, sessions.Count);
    }

    private static async Task<(int, string)> LocationAsync(Task<PageAnswer> answer) => ((await answer).Status, (await answer).Headers["Location"]);

    private static async Task<(int, string)> StatusAsync(Task<PageAnswer> answer) => ((await answer).Status, (await answer).Body);

    private static async Task SeenAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TestPatience.Limit);
        while (!isSo())
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
