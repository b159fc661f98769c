using System.Net;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>However much is refused, the log stays short, and each refusal is in it: by a line, or in a number.</summary>
public sealed class RefusalLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Of_many_refusals_of_a_caller_the_first_have_lines_and_the_rest_is_counted()
    {
        var place = Path.Combine(folder.Path, "registry.db");
        string[] last;
        await using (var api = await ApiUnderTest.StartAsync(place))
        {
            var reader = await api.KeyAsync("read:shop/dev");
            for (var i = 0; i < 23; i++)
            {
                Assert.Equal(401, (await api.SendAsync("GET", "/api/stages", null)).Status);
            }

            // Who says to have keys is the same address; the page counts with the API; who has a valid one has lines of its own.
            Assert.Equal(401, (await api.SendAsync("GET", "/api/stages", ApiKeyText.Make())).Status);
            Assert.Equal(401, (await api.SendAsync("POST", "/registry/sign-in", null, "key=none", "application/x-www-form-urlencoded")).Status);
            Assert.Equal(403, (await api.SendAsync("GET", "/api/keys", reader)).Status);
            string[] lines = [.. Enumerable.Repeat("Warning: Refused (401 KEY_MISSING): listStages for nobody known from 127.0.0.1: No key was shown.", 20), Forbidden(reader)];
            Assert.Equal(lines, Warnings(api));

            api.Clock.Advance(RefusalLog.Window);
            lines = [.. lines, "Warning: Refused 5 more within 60 s, without a line each, for 127.0.0.1: 401 KEY_MISSING 3, 401 KEY_INVALID 2"];
            Assert.Equal(lines, Warnings(api));

            // Then it begins anew, and without anything that was left out nothing is said.
            Assert.Equal(403, (await api.SendAsync("GET", "/api/keys", reader)).Status);
            api.Clock.Advance(RefusalLog.Window);
            Assert.Equal([.. lines, Forbidden(reader)], Warnings(api));

            for (var i = 0; i < 21; i++)
            {
                Assert.Equal(403, (await api.SendAsync("GET", "/api/keys", reader)).Status);
            }

            await api.DisposeAsync();
            last = Warnings(api);
        }

        // When the server ends, too.
        Assert.Equal(21 + 2 + 21, last.Length);
        Assert.Matches(@"^Warning: Refused 1 more within 60 s, without a line each, for owner of read:shop/dev \(key [0-9a-f]{16}\): 403 FORBIDDEN 1$", last[^1]);
    }

    [Fact]
    public void Of_many_callers_no_more_have_lines_than_there_are_for_all()
    {
        var (clock, lines) = (new FakeTimeProvider(), new List<string>());
        using var log = new RefusalLog(new Lines(lines), clock);
        for (var caller = 0; caller < RefusalLog.Lines + 50; caller++)
        {
            for (var i = 0; i < 2; i++)
            {
                log.Tell(new IPAddress([10, 0, (byte)(caller / 256), (byte)(caller % 256)]), "check", ["shop", "a\nb"], new ApiProblem(ApiProblemCode.KeyMissing, "No key.", ""), "nobody", null);
            }
        }

        // Each of the first hundred had both.
        Assert.Equal(RefusalLog.Lines, lines.Count);
        Assert.Equal("Refused (401 KEY_MISSING): check for nobody from 10.0.0.99: No key.", lines[^1]);
        clock.Advance(RefusalLog.Window);
        Assert.Equal(["Refused 300 more within 60 s, without a line each, for callers that have no line: 401 KEY_MISSING 300"], lines.Skip(RefusalLog.Lines));
        Assert.Equal(0, clock.WaitingTimersOf(RefusalLog.Window));
    }

    private static string Forbidden(string key) =>
        $"Warning: Refused (403 FORBIDDEN): listKeys for owner of read:shop/dev (key {ApiKeyText.IdOf(key)}) from 127.0.0.1: The key of owner of read:shop/dev has not the role admin, which listKeys needs.";

    private static string[] Warnings(ApiUnderTest api) => [.. api.Log.Where(line => line.StartsWith("Warning", StringComparison.Ordinal))];

    private sealed class Lines(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
