using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace GraphGateway.TestKit;

/// <summary>Where things lie in the repository that the running test was built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>GraphGateway.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary><c>Debug</c> or <c>Release</c>: what the running test was built as, and so what to look for beside it.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    /// <summary>An absolute path from one below the root, with forward slashes.</summary>
    /// <param name="relative">For example <c>schemas/supergraph.graphql</c>.</param>
    public static string PathOf(string relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        return Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));
    }

    /// <summary>The built main file of a project under <c>src</c>, in the configuration of the running test.</summary>
    /// <param name="project">The project's folder, for example <c>src/Gateway</c>.</param>
    /// <param name="assembly">The file's name, for example <c>GraphGateway.Gateway.dll</c>.</param>
    public static string Output(string project, string assembly) =>
        Path.Combine(PathOf(project), "bin", Configuration, "net10.0", assembly);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GraphGateway.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds GraphGateway.sln.");
    }
}

/// <summary>
/// Ports for programs that cannot be asked to pick one themselves, and for those that come back. Where port 0 is possible, take that. They are below those that port 0 gives (from 32768 on
/// Linux): while nobody listens on one, no other test gets it.
/// </summary>
public static class FreePort
{
    private const int First = 15_000;
    private const int End = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    /// <summary>A port of 127.0.0.1 that nobody listens on at the moment of the call.</summary>
    public static int Next() => Several(1)[0];

    /// <summary>As many different free ports; none comes twice in one process.</summary>
    /// <param name="count">How many.</param>
    public static int[] Several(int count)
    {
        var ports = new List<int>();
        while (ports.Count < count)
        {
            // Whichever: two processes that test at the same time seldom try the same one.
            var port = Random.Shared.Next(First, End);
            if (Given.TryAdd(port, true) && IsFree(port))
            {
                ports.Add(port);
            }
        }

        return [.. ports];
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>A folder of a test's own, gone when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("graphgateway-test-").FullName;

    /// <summary>Writes a file below the folder and returns its path.</summary>
    /// <param name="name">The relative path, with forward slashes.</param>
    /// <param name="content">The file's text.</param>
    public string Write(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
