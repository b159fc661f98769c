using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Redis;

/// <summary>The client beside Debian's redis-server.</summary>
public sealed class RedisClientTests
{
    [RedisFact]
    public async Task Commands_of_many_callers_travel_together_and_each_gets_its_own_answer()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = RedisServer.Client(server.Url);
        var echoes = await Task.WhenAll(Enumerable.Range(0, 2000).Select(async i => (i, await client.SendAsync(Command("ECHO", $"{i}"), default))));
        Assert.All(echoes, echo => Assert.Equal($"{echo.i}", echo.Item2.Text));
        Assert.Contains("connected_clients:1\r\n", (await client.SendAsync(Command("INFO", "clients"), default)).Text, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Large_values_and_any_bytes_come_back_as_they_were()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = RedisServer.Client(server.Url);
        var value = new byte[1024 * 1024];
        new Random(Seed.Value).NextBytes(value);
        ReadOnlyMemory<byte>[] set = [.. Command("SET", "key"), value];
        Assert.Equal("OK", (await client.SendAsync(set, default)).Text);
        Assert.Equal(value, (await client.SendAsync(Command("GET", "key"), default)).Bytes);
        Assert.Equal(RespKind.Null, (await client.SendAsync(Command("GET", "other"), default)).Kind);
    }

    [RedisFact]
    public async Task An_error_is_for_the_command_alone()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = RedisServer.Client(server.Url);
        var good = client.SendAsync(Command("PING"), default);
        var bad = client.SendAsync(Command("NOSUCH"), default);
        var better = client.SendAsync(Command("PING"), default);
        Assert.Equal("PONG", (await good).Text);
        Assert.StartsWith("ERR unknown command 'NOSUCH'", (await Assert.ThrowsAsync<RedisServerException>(() => bad)).Message, StringComparison.Ordinal);
        Assert.Equal("PONG", (await better).Text);
    }

    [RedisFact]
    public async Task It_signs_in_and_takes_the_database_of_its_address()
    {
        await using var server = await RedisServer.StartAsync(null, "--requirepass", "s3:cret", "--user", "app", "on", ">pass", "~*", "+@all");
        await using var client = RedisServer.Client($"redis://:s3%3Acret@127.0.0.1:{server.Port}/5");
        await client.SendAsync(Command("SET", "where", "five"), default);
        await using var other = RedisServer.Client($"redis://app:pass@127.0.0.1:{server.Port}/0");
        Assert.Equal(RespKind.Null, (await other.SendAsync(Command("GET", "where"), default)).Kind);
        await using var same = RedisServer.Client($"redis://app:pass@127.0.0.1:{server.Port}/5");
        Assert.Equal("five", (await same.SendAsync(Command("GET", "where"), default)).Text);

        await using var wrong = RedisServer.Client($"redis://app:wrong@127.0.0.1:{server.Port}");
        var refused = await Assert.ThrowsAsync<RedisServerException>(() => wrong.SendAsync(Command("PING"), default));
        Assert.Equal("WRONGPASS invalid username-password pair or user is disabled.", refused.Message);
        await using var none = RedisServer.Client(server.Url);
        Assert.StartsWith("NOAUTH", (await Assert.ThrowsAsync<RedisServerException>(() => none.SendAsync(Command("PING"), default))).Message, StringComparison.Ordinal);
        await using var far = RedisServer.Client($"redis://app:pass@127.0.0.1:{server.Port}/99");
        Assert.Equal("ERR DB index is out of range", (await Assert.ThrowsAsync<RedisServerException>(() => far.SendAsync(Command("PING"), default))).Message);
    }

    [RedisFact]
    public async Task A_server_that_was_started_anew_is_found_again()
    {
        var server = await RedisServer.StartAsync();
        await using var client = RedisServer.Client(server.Url);
        Assert.Equal("PONG", (await client.SendAsync(Command("PING"), default)).Text);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<RedisConnectionException>(() => client.SendAsync(Command("PING"), default));
        await Assert.ThrowsAsync<RedisConnectionException>(() => client.SendAsync(Command("PING"), default));
        await using var next = await RedisServer.StartAsync(server.Port);
        Assert.Equal("PONG", (await client.SendAsync(Command("PING"), default)).Text);
    }

    [RedisFact]
    public async Task An_answer_that_is_not_waited_for_is_nobody_elses()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = RedisServer.Client(server.Url);
        await client.SendAsync(Command("PING"), default);
        await server.FreezeAsync();
        using var patience = new CancellationTokenSource();
        var late = client.SendAsync(Command("ECHO", "late"), patience.Token);
        var beside = client.SendAsync(Command("ECHO", "beside"), default);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => late);
        Assert.Equal("The server did not answer in time.", (await Assert.ThrowsAsync<RedisConnectionException>(() => beside)).Message);
        await server.ThawAsync();
        Assert.Equal("next", (await client.SendAsync(Command("ECHO", "next"), default)).Text);
    }

    [Fact]
    public async Task A_server_that_accepts_and_says_nothing_is_given_up_in_time()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var clock = new FakeTimeProvider();
        await using var client = RedisServer.Client($"redis://:pass@127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}", clock);
        var asked = client.SendAsync(Command("PING"), default);
        using var accepted = await listener.AcceptSocketAsync();
        // Its words have come: it waits for the answer now.
        Assert.True(await accepted.ReceiveAsync(new byte[100]) > 0);
        clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal("No connection within 200 ms.", (await Assert.ThrowsAsync<RedisConnectionException>(() => asked)).Message);
        Assert.Equal(0, await accepted.ReceiveAsync(new byte[100]));
    }

    [RedisFact]
    public async Task A_connection_over_TLS_is_encrypted_and_the_certificate_is_checked()
    {
        using var folder = new TemporaryFolder();
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = folder.Write("server.pem", certificate.ExportCertificatePem());
        var plain = FreePort.Next();
        await using var server = await RedisServer.StartAsync(
            plain, "--port", "0", "--tls-port", $"{plain}", "--tls-cert-file", file, "--tls-ca-cert-file", file,
            "--tls-key-file", folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem()), "--tls-auth-clients", "no");
        await using var trusting = RedisServer.Client(
            $"rediss://127.0.0.1:{server.Port}", check: (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString());
        Assert.Equal("PONG", (await trusting.SendAsync(Command("PING"), default)).Text);

        await using var client = RedisServer.Client($"rediss://127.0.0.1:{server.Port}");
        var refused = await Assert.ThrowsAsync<RedisConnectionException>(() => client.SendAsync(Command("PING"), default));
        Assert.StartsWith("The remote certificate is invalid", refused.Message, StringComparison.Ordinal);
    }

    private static ReadOnlyMemory<byte>[] Command(params string[] parts) => [.. parts.Select(part => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(part))];
}
