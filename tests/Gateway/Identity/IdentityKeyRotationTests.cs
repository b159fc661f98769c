using System.Text.Json;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Http;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary>Keys by which the gateway signs, whose files change while it runs.</summary>
public sealed class IdentityKeyRotationTests : IDisposable
{
    private readonly IdentityKeyFile first = new();
    private readonly IdentityKeyFile second = new();
    private readonly FakeTimeProvider clock = new();
    private readonly AwaitedLog log = new();

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task A_running_gateway_takes_over_what_its_files_have()
    {
        await using var gateway = await StartAsync(first.File, second.PublicFile);
        Assert.Equal([first.Read().Id, second.Read().Id], await PublishedAsync(gateway));

        // The second one signs, the first is only published.
        await File.WriteAllTextAsync(first.File, second.Key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(second.PublicFile, first.Key.ExportSubjectPublicKeyInfoPem());
        var changed = log.WaitFor("have changed");
        clock.Advance(IdentityKeys.Interval);
        Assert.Equal($"The keys of Gateway:Identity have changed: {second.Read().Id} signs, 2 are published", await changed);
        Assert.Equal([second.Read().Id, first.Read().Id], await PublishedAsync(gateway));
    }

    [Theory]
    [InlineData("half", "has no elliptic key in PEM, or one with a password.")]
    [InlineData("none", "cannot be read: Could not find file 'FILE'.")]
    [InlineData("public", "begins with a public key: the first one signs. Those after it may be public ones, which are only published.")]
    public void Files_that_are_wrong_change_nothing(string what, string problem)
    {
        using var keys = Keys(first.File);
        var before = keys.Signing;
        var pem = first.Key.ExportPkcs8PrivateKeyPem();
        if (what == "none")
        {
            File.Delete(first.File);
        }
        else
        {
            File.WriteAllText(first.File, what == "half" ? pem[..(pem.Length / 2)] : second.Key.ExportSubjectPublicKeyInfoPem());
        }

        keys.Follow();
        Assert.Same(before, keys.Signing);
        Assert.Equal(
            $"Gateway:Identity:KeyFiles: {(what == "public" ? "" : first.File + " ")}{problem.Replace("FILE", first.File, StringComparison.Ordinal)} The keys stay as they were. "
            + "(0 more like it since the last line)",
            Assert.Single(log.Lines));

        File.WriteAllText(first.File, second.Key.ExportPkcs8PrivateKeyPem());
        keys.Follow();
        Assert.Equal(second.Read().Id, keys.Signing!.Id);
    }

    [Fact]
    public void What_was_signed_with_a_key_goes_with_it()
    {
        using var keys = Keys(first.File);
        using var meter = new System.Diagnostics.Metrics.Meter("test");
        var memory = new Generations<(long Client, int Source), IdentityHeaders>(IdentityOptions.MinRememberedBytes, static (_, headers) => headers.HeldBytes);
        var source = new SourceIdentity(new IdentityRules { Sign = true }, new IdentityOptions(), keys, "users", 0, memory, meter.CreateCounter<long>("made"), clock);
        var client = new ClientIdentity { Kind = ClientKind.Token, Subject = "ada" };
        var old = source.Of(client);
        keys.Follow();
        Assert.Same(old, source.Of(client));

        File.WriteAllText(first.File, second.Key.ExportPkcs8PrivateKeyPem());
        keys.Follow();
        var fresh = source.Of(client);
        Assert.Equal((first.Read().Id, second.Read().Id), (old.Key!.Id, fresh.Key!.Id));
        Assert.Contains($"\"kid\":\"{second.Read().Id}\"", HeadOf(fresh), StringComparison.Ordinal);
        Assert.Same(fresh, source.Of(client));

        static string HeadOf(IdentityHeaders headers) =>
            System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(headers.Headers[0].Value.Split('.')[0]));
    }

    private IdentityKeys Keys(params string[] files) => new(
        new IdentityOptions { Keys = IdentityKeyFiles.Read([.. files], []), KeyFiles = [.. files] }, clock, new Logger<IdentityKeys>(new LoggerFactory([log])));

    private Task<GatewayUnderTest> StartAsync(params string[] files) =>
        GatewayUnderTest.StartAsync(
        [$"--Gateway:Identity:KeyFiles={string.Join(',', files)}", "--Logging:LogLevel:Default=Information"],
        services => services.AddSingleton<TimeProvider>(clock).AddSingleton<ILoggerProvider>(log));

    private static async Task<string[]> PublishedAsync(GatewayUnderTest gateway)
    {
        using var response = await gateway.GetAsync("/.well-known/jwks.json");
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return [.. json.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
    }

    /// <summary>What is logged of <see cref="IdentityKeys"/>, which can be waited for.</summary>
    private sealed class AwaitedLog : ILoggerProvider, ILogger
    {
        private readonly Lock gate = new();
        private readonly List<string> lines = [];
        private (string Part, TaskCompletionSource<string> Found)? awaited;

        public IReadOnlyList<string> Lines => lines;

        public Task<string> WaitFor(string part)
        {
            lock (gate)
            {
                awaited = (part, new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
                return awaited.Value.Found.Task;
            }
        }

        public ILogger CreateLogger(string categoryName) =>
            categoryName.EndsWith(nameof(IdentityKeys), StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (gate)
            {
                lines.Add(formatter(state, exception));
                if (awaited is { } waiting && lines[^1].Contains(waiting.Part, StringComparison.Ordinal))
                {
                    waiting.Found.TrySetResult(lines[^1]);
                }
            }
        }

        public void Dispose()
        {
        }
    }
}
