using System.Net;
using System.Net.Sockets;
using GraphGateway.Subgraphs.Orders;
using GraphGateway.Subgraphs.Users;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Services;

/// <summary>Programs, as somebody starts them: one clear message on standard error, exit code 1, no stack trace.</summary>
public sealed class BadSettingsTests
{
    [Theory]
    [InlineData("--Database:Provider=Oracle", "users cannot start: Database:Provider is 'Oracle'. Give SQLite or PostgreSQL.")]
    [InlineData("--Database:Pth=x", "users cannot start: The setting Database:Pth is unknown. Known are Database:Provider, Database:Path, Database:ConnectionString.")]
    [InlineData("--Databse:Path=x", "users cannot start: The setting --Databse:Path=x is unknown. Known are --urls, --Database:Provider, --Database:Path, --Database:ConnectionString and --GatewayIdentity:....")]
    [InlineData("--Database:ConnectionString=Host=x", "users cannot start: Database:ConnectionString is for PostgreSQL. Add Database:Provider=PostgreSQL, or name a file in Database:Path instead.")]
    [InlineData("--Database:Provider=PostgreSQL", "users cannot start: Database:Provider=PostgreSQL needs Database:ConnectionString, such as \"Host=localhost;Database=shop;Username=shop;Password=...\".")]
    [InlineData("--urls=nonsense", "users cannot start: 'nonsense' is no address to listen at. Give one such as --urls http://localhost:5101.")]
    [InlineData("--urls=http://localhost:99999", "users cannot start: 'http://localhost:99999' is no address to listen at. Give one such as --urls http://localhost:5101.")]
    [InlineData("--urls=ftp://localhost:5101", "users cannot start: 'ftp://localhost:5101' is no address to listen at. Give one such as --urls http://localhost:5101.")]
    [InlineData(
        "--GatewayIdentity:Required=On",
        "users cannot start: it answers the gateway alone, and nothing says by which keys the gateway signs. Set GatewayIdentity:JwksUrl to the gateway's /.well-known/jwks.json, or "
            + "GatewayIdentity:KeyFiles to files with its public keys. GatewayIdentity:Required=Off answers everybody, for development.")]
    public async Task A_bad_setting_is_one_message(string setting, string message)
    {
        var result = await RunAsync(setting);
        Assert.Equal((1, message + "\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_one_message()
    {
        var path = TestDatabase.NewPath();
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("This is no database. ", 100)));
        var result = await RunAsync($"--Database:Path={path}");
        Assert.Equal(
            (1, $"users cannot start: The database file {path} cannot be used: SQLite Error 26: 'file is not a database'. Name another file in Database:Path, or delete this one.\n"),
            (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_PostgreSQL_that_is_down_is_one_message()
    {
        var result = await RunAsync("--Database:Provider=PostgreSQL", $"--Database:ConnectionString=Host=127.0.0.1;Port={FreePort()};Database=shop;Username=shop");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("users cannot start: The PostgreSQL database shop at 127.0.0.1 cannot be used: ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith(" Check Database:ConnectionString and that the server is up.\n", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("127.0.0.1", "--urls=http://127.0.0.1:PORT")]
    [InlineData("127.0.0.1", "--urls=http://localhost:PORT")]
    [InlineData("127.0.0.1", "--urls=http://*:PORT")]
    [InlineData("127.0.0.1", "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:PORT")]
    public async Task A_port_in_use_is_one_message_and_no_database_is_made(string taken, string setting)
    {
        using var listener = new TcpListener(IPAddress.Parse(taken), 0);
        listener.Start();
        var used = setting.Replace("PORT", $"{((IPEndPoint)listener.LocalEndpoint).Port}", StringComparison.Ordinal);
        var path = TestDatabase.NewPath();
        var result = await RunAsync($"--Database:Path={path}", used);
        Assert.Equal(
            (1, $"users cannot start: The port of {used.Split('=')[1]} is in use. Stop the program that uses it, or give another one: --urls http://localhost:PORT.\n"),
            (result.ExitCode, result.Error));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task An_address_of_another_machine_is_one_message_and_no_database_is_made()
    {
        // RFC 5737: an address for documentation, which no machine has.
        var path = TestDatabase.NewPath();
        var result = await RunAsync($"--Database:Path={path}", $"--urls=http://192.0.2.1:{FreePort()}");
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("users cannot start: Nothing can listen at http://192.0.2.1:", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task The_database_of_another_service_is_one_message()
    {
        var setting = (await TestDatabase.SqliteAsync(OrdersService.Definition))[0];
        var result = await RunAsync(setting, "--urls=http://127.0.0.1:0");
        Assert.Equal(
            (1, $"users cannot start: The database {setting.Split('=')[1]} belongs to the service orders. Name another one for users.\n"),
            (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task An_interrupted_service_ends_well()
    {
        await using var service = ChildProcess.StartDotnet(
            typeof(UsersService).Assembly.Location, [.. await TestDatabase.SqliteAsync(UsersService.Definition), "--urls=http://127.0.0.1:0"]);
        await service.WaitForLineAsync(line => line.Contains("users answers at http://127.0.0.1:", StringComparison.Ordinal));
        await service.SignalAsync("INT");
        var result = await service.WaitForExitAsync();
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<ProcessResult> RunAsync(params string[] settings)
    {
        await using var service = ChildProcess.StartDotnet(typeof(UsersService).Assembly.Location, [TestDatabase.OpenToAll, .. settings]);
        return await service.WaitForExitAsync();
    }
}
