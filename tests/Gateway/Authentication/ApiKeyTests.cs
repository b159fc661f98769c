using System.Net;
using System.Net.Sockets;
using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authentication;

/// <summary>API keys through the whole gateway, with a store as `graphgateway keys` uses it.</summary>
public sealed class ApiKeyTests : IDisposable
{
    private const string Pepper = "a pepper of a test, 32 bytes long";
    private static readonly DateTimeOffset Start = new FakeTimeProvider().GetUtcNow();

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task A_key_says_who_asks_in_its_own_header_or_as_a_bearer()
    {
        await using var store = await OpenAsync();
        var key = await MakeAsync(store, new ApiKeyGrant("web", "gold", ["read", "write"], null));
        await using var gateway = await StartAsync();
        var expected = $"ApiKey {key.Key.Id} of web on gold may read write";
        Assert.Equal(expected, await gateway.AskAsync(("X-API-Key", key.Text)));
        Assert.Equal(expected, await gateway.AskAsync(("Authorization", $"Bearer {key.Text}")));
        Assert.Equal("anonymous", await gateway.AskAsync((string?)null));
    }

    [Fact]
    public async Task Keys_and_tokens_live_beside_each_other_but_not_in_one_request()
    {
        await using var store = await OpenAsync();
        var key = await MakeAsync(store, new ApiKeyGrant("web", null, [], null));
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await StartAsync([issuer], "--Gateway:Authentication:ApiKeys:Header=X-Shop-Key");
        var token = issuer.Token(gateway.Now);
        Assert.Equal($"ApiKey {key.Key.Id} of web on no plan may ", await gateway.AskAsync(("X-Shop-Key", key.Text)));
        Assert.Equal($"ApiKey {key.Key.Id} of web on no plan may ", await gateway.AskAsync(key.Text));
        Assert.Equal("Token ada of web on no plan may read write", await gateway.AskAsync(token));
        Assert.StartsWith("400 UNAUTHENTICATED: The request has more than one credential.", await gateway.AskAsync(("X-Shop-Key", key.Text), ("Authorization", $"Bearer {token}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_key_of_the_store_is_refused()
    {
        await using var store = await OpenAsync();
        var key = await MakeAsync(store, new ApiKeyGrant("web", null, [], null));
        await using var gateway = await StartAsync();
        var other = await store.CreateAsync(new ApiKeyGrant("web", null, [], null), Encoding.ASCII.GetBytes("another pepper, as long as it must be"), Start, default);
        string[] wrong =
        [
            ApiKeyText.Make(), key.Text[..^1] + (key.Text[^1] == '0' ? '1' : '0'), key.Text.ToUpperInvariant().Replace("GGK_", "ggk_", StringComparison.Ordinal),
            "ggk_", $"ggk_{key.Key.Id}", "ggk_' OR 1=1 --", WithIdOf(key, ApiKeyText.Make()), other.Text,
        ];
        foreach (var text in wrong)
        {
            Assert.Equal(Invalid("The API key is not valid."), await gateway.AskAsync(text));
        }
    }

    [Fact]
    public async Task A_key_that_was_just_made_is_known_within_a_second()
    {
        await using var store = await OpenAsync();
        await using var gateway = await StartAsync();
        Assert.Equal(Invalid("The API key is not valid."), await gateway.AskAsync(ApiKeyText.Make()));
        var key = await MakeAsync(store, new ApiKeyGrant("web", null, [], null));
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("ApiKey ", await gateway.AskAsync(key.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_revoked_is_refused_ten_seconds_later_and_one_that_expires_at_once()
    {
        await using var store = await OpenAsync();
        var revoked = await MakeAsync(store, new ApiKeyGrant("web", null, [], null));
        var expiring = await MakeAsync(store, new ApiKeyGrant("job", null, [], Start.AddSeconds(3)));
        await using var gateway = await StartAsync();
        Assert.StartsWith("ApiKey ", await gateway.AskAsync(revoked.Text), StringComparison.Ordinal);
        Assert.StartsWith("ApiKey ", await gateway.AskAsync(expiring.Text), StringComparison.Ordinal);
        Assert.True(await store.RevokeAsync(revoked.Key.Id, gateway.Now, default));
        gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Invalid("The API key has expired."), await gateway.AskAsync(expiring.Text));

        // Nobody has asked in between: the first one does not get through either.
        gateway.Clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(Invalid("The API key was revoked."), await gateway.AskAsync(revoked.Text));
    }

    [Fact]
    public async Task A_key_that_is_rotated_and_the_new_one_are_both_valid_for_a_while()
    {
        await using var store = await OpenAsync();
        var old = await MakeAsync(store, new ApiKeyGrant("web", "gold", ["read"], null));
        var made = await store.RotateAsync(old.Key.Id, TimeSpan.FromHours(1), null, Encoding.ASCII.GetBytes(Pepper), Start, default);
        await using var gateway = await StartAsync();
        Assert.Equal($"ApiKey {old.Key.Id} of web on gold may read", await gateway.AskAsync(old.Text));
        Assert.Equal($"ApiKey {made!.Key.Id} of web on gold may read", await gateway.AskAsync(made.Text));
        gateway.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Invalid("The API key has expired."), await gateway.AskAsync(old.Text));
        Assert.Equal($"ApiKey {made.Key.Id} of web on gold may read", await gateway.AskAsync(made.Text));
    }

    [Fact]
    public async Task A_store_that_is_gone_takes_no_key_away_and_one_that_never_was_there_is_told()
    {
        await using var none = await StartAsync();
        Assert.Equal("503 AUTHENTICATION_UNAVAILABLE: API keys cannot be checked now. Try again.", await none.AskAsync(ApiKeyText.Make()));
        Assert.Equal("anonymous", await none.AskAsync((string?)null));

        await using var store = await OpenAsync();
        var key = await MakeAsync(store, new ApiKeyGrant("web", null, [], null));
        await using var gateway = await StartAsync();
        Assert.StartsWith("ApiKey ", await gateway.AskAsync(key.Text), StringComparison.Ordinal);
        SqliteConnection.ClearAllPools();
        File.Delete(Place);
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("ApiKey ", await gateway.AskAsync(key.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_somebody_has_locked_is_waited_for_five_seconds_and_takes_no_key_away()
    {
        await using var store = await OpenAsync();
        var key = await MakeAsync(store, new ApiKeyGrant("web", null, [], null));
        await using var gateway = await StartAsync();
        Assert.Equal($"ApiKey {key.Key.Id} of web on no plan may ", await gateway.AskAsync(key.Text));

        // SQLite itself would wait for half a minute.
        await using var locking = new SqliteConnection($"Data Source={Place}");
        await locking.OpenAsync();
        await using var command = locking.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync();
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Invalid("The API key is not valid."), await AskAfterFiveSecondsAsync(gateway, ApiKeyText.Make()));
        Assert.Equal($"ApiKey {key.Key.Id} of web on no plan may ", await gateway.AskAsync(key.Text));

        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync();
        var late = await MakeAsync(store, new ApiKeyGrant("late", null, [], null));
        gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal($"ApiKey {late.Key.Id} of late on no plan may ", await gateway.AskAsync(late.Text));
    }

    [Fact]
    public async Task A_server_that_takes_connections_and_says_nothing_is_waited_for_five_seconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var place = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Database=gateway;Username=gateway;Password=secret";
        await using var gateway = await StartAsync([], $"--Gateway:Authentication:ApiKeys:Store={place}");

        // Npgsql itself would wait for a quarter of a minute.
        Assert.Equal(
            "503 AUTHENTICATION_UNAVAILABLE: API keys cannot be checked now. Try again.", await AskAfterFiveSecondsAsync(gateway, ApiKeyText.Make()));
        Assert.Equal("anonymous", await gateway.AskAsync((string?)null));
    }

    [Fact]
    public async Task Many_at_the_same_time_are_all_known()
    {
        await using var store = await OpenAsync();
        var keys = new List<MadeApiKey>();
        for (var i = 0; i < 20; i++)
        {
            keys.Add(await MakeAsync(store, new ApiKeyGrant($"consumer {i}", null, [], null)));
        }

        await using var gateway = await StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => gateway.AskAsync(keys[i % 20].Text)));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"ApiKey {keys[i % 20].Key.Id} of consumer {i % 20} on no plan may "), answers);
    }

    private string Place => Path.Combine(folder.Path, "keys.db");

    private async Task<ApiKeyStore> OpenAsync()
    {
        var store = ApiKeyStore.At(Place);
        await store.PrepareAsync(default);
        return store;
    }

    private Task<GuardedGateway> StartAsync() => StartAsync([]);

    private Task<GuardedGateway> StartAsync(FakeIssuer[] issuers, params string[] arguments) => GuardedGateway.StartAsync(
        issuers, [$"--Gateway:Authentication:ApiKeys:Store={Place}", $"--Gateway:Authentication:ApiKeys:Pepper={Pepper}", .. arguments]);

    private static Task<MadeApiKey> MakeAsync(ApiKeyStore store, ApiKeyGrant grant) => store.CreateAsync(grant, Encoding.ASCII.GetBytes(Pepper), Start, default);

    // The answer of a gateway that waits for its store, when its own time for that is over.
    private static async Task<string> AskAfterFiveSecondsAsync(GuardedGateway gateway, string key)
    {
        // A request has other timers as well: that one is waited for.
        var patience = TimeSpan.FromSeconds(5);
        var timers = gateway.Clock.WaitingTimersDueIn(patience);
        var asking = gateway.AskAsync(key);
        while (gateway.Clock.WaitingTimersDueIn(patience) == timers)
        {
            await Task.Yield();
        }

        gateway.Clock.Advance(patience);
        return await asking.WaitAsync(TimeSpan.FromSeconds(12));
    }

    // The id of one key with the secret of another one, and the digits at the end that follow from both.
    private static string WithIdOf(MadeApiKey key, string other)
    {
        var text = $"ggk_{key.Key.Id}{other[20..85]}";
        return text + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
    }

    private static string Invalid(string message) =>
        $"401 UNAUTHENTICATED: {message} Bearer realm=\"graphgateway\", error=\"invalid_token\", error_description=\"{message}\"";
}
