using System.Globalization;
using GraphGateway.TestKit;
using Npgsql;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>A PostgreSQL server of a test's own, with its own data, which is killed and started again: of the server that all tests share nobody may do that.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const int Attempts = 5;

    // PostgreSQL refuses to run as root: it runs as the user that its package makes. The program becomes PostgreSQL's, so that who ends it ends that.
    private static readonly string[] AsItsUser = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private readonly string folder;
    private readonly int port;
    private ChildProcess? process;

    private PostgresServer(string folder, int port) => (this.folder, this.port) = (folder, port);

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");

    private string Data => Path.Combine(folder, "data");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer(Directory.CreateTempSubdirectory("graphgateway-postgres-").FullName, FreePort.Next());
        if (AsItsUser.Length > 0)
        {
            await RunAsync(["chown", "postgres", server.folder]);
        }

        await RunAsync([.. AsItsUser, Program("initdb"), "-D", server.Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Ends all of its processes as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }
    }

    /// <summary>Starts it again on what is there.</summary>
    public async Task StartAgainAsync()
    {
        string[] command =
        [
            .. AsItsUser, Program("postgres"), "-D", Data, "-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder,
            // A process that is killed leaves what it has written to the system.
            "-c", "fsync=off",
        ];
        for (var attempt = 1; ; attempt++)
        {
            process = ChildProcess.Start(command[0], command[1..], folder);
            try
            {
                await process.WaitForLineAsync(line => line.EndsWith("database system is ready to accept connections", StringComparison.Ordinal));
                return;
            }
            catch (InvalidOperationException) when (attempt < Attempts)
            {
                // One of those that were killed has not ended yet.
                await KillAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string Program(string name) => Path.Combine(Requirements.PostgresPrograms!, name);

    private static async Task RunAsync(string[] command)
    {
        await using var process = ChildProcess.Start(command[0], command[1..], Path.GetTempPath());
        if ((await process.WaitForExitAsync()).ExitCode != 0)
        {
            throw new InvalidOperationException(process.Everything);
        }
    }
}
