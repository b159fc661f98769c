using Xunit;

namespace GraphGateway.TestKit;

/// <summary>What some tests need from the machine. xunit 2 decides at discovery whether a test is skipped, so each is found once.</summary>
public static class Requirements
{
    /// <summary>The variable that holds the connection string of a PostgreSQL server on which the tests may create databases.</summary>
    public const string PostgresVariable = "GRAPHGATEWAY_TEST_POSTGRES";

    /// <summary>The variable that names Chromium's executable where it is not in one of the usual places.</summary>
    public const string ChromiumVariable = "GRAPHGATEWAY_TEST_CHROMIUM";

    /// <summary>The connection string of the tests' PostgreSQL server; null where there is none.</summary>
    public static string? PostgresConnectionString { get; } =
        Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } value ? value : null;

    /// <summary>The path of Chromium's executable; null where it is not installed.</summary>
    public static string? ChromiumPath { get; } =
        Environment.GetEnvironmentVariable(ChromiumVariable) is { Length: > 0 } value && File.Exists(value)
            ? value
            : OnPath("chromium") ?? OnPath("chromium-browser") ?? OnPath("google-chrome");

    /// <summary>The path of Node's executable; null where it is not installed.</summary>
    public static string? NodePath { get; } = OnPath("node");

    /// <summary>The path of redis-server; null where it is not installed.</summary>
    public static string? RedisServerPath { get; } = OnPath("redis-server");

    /// <summary>The folder of PostgreSQL's programs, <c>initdb</c> and <c>postgres</c>; null where it is not installed.</summary>
    public static string? PostgresPrograms { get; } = OperatingSystem.IsWindows() ? null : FindPostgres();

    /// <summary>The path of npm; null where it is not installed.</summary>
    public static string? NpmPath { get; } = OnPath("npm");

    internal static string? PostgresMissing => PostgresConnectionString is null
        ? $"Needs PostgreSQL: install it (apt-get install postgresql), start a server, and set {PostgresVariable} to a connection string "
            + "whose user may create databases. `.ci/run` does all of this."
        : null;

    internal static string? PostgresProgramsMissing => PostgresPrograms is null ? "Needs the programs of PostgreSQL: install them (apt-get install postgresql)." : null;

    internal static string? LinuxMissing => OperatingSystem.IsLinux() && Directory.Exists("/proc/self/task") ? null : "Needs Linux, with /proc.";

    internal static string? ChromiumMissing => ChromiumPath is null
        ? $"Needs Chromium: install it (apt-get install chromium), or set {ChromiumVariable} to the path of its executable."
        : null;

    internal static string? RedisMissing => RedisServerPath is null ? "Needs redis-server: install it (apt-get install redis-server)." : null;

    internal static string? NodeMissing => NodePath is null || NpmPath is null
        ? "Needs Node.js 20 or later with npm: install them (apt-get install nodejs npm)."
        : null;

    // Debian has the programs of each version in a folder of its own, and few of them on the search path.
    private static string? FindPostgres()
    {
        const string versions = "/usr/lib/postgresql";
        string[] folders = Directory.Exists(versions) ? [.. Directory.GetDirectories(versions).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))] : [];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))) ?? Path.GetDirectoryName(OnPath("initdb"));
    }

    private static string? OnPath(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] names = OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : [program];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }
}

/// <summary>A test that needs PostgreSQL; without it the test is skipped and says what to install.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public PostgresFactAttribute() => Skip = Requirements.PostgresMissing;
}

/// <summary>A test that starts a PostgreSQL server of its own; without its programs the test is skipped and says what to install.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresServerFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public PostgresServerFactAttribute() => Skip = Requirements.PostgresProgramsMissing;
}

/// <summary>A test of what Linux does, such as with the priorities of threads; elsewhere the test is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public LinuxFactAttribute() => Skip = Requirements.LinuxMissing;
}

/// <summary>A test that needs Chromium; without it the test is skipped and says what to install.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public ChromiumFactAttribute() => Skip = Requirements.ChromiumMissing;
}

/// <summary>A test that needs Node.js and npm; without them the test is skipped and says what to install.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public NodeFactAttribute() => Skip = Requirements.NodeMissing;
}

/// <summary>A test that needs redis-server, which it starts itself; without it the test is skipped and says what to install.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public RedisFactAttribute() => Skip = Requirements.RedisMissing;
}

/// <summary>The same with several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides whether the test is skipped.</summary>
    public RedisTheoryAttribute() => Skip = Requirements.RedisMissing;
}
