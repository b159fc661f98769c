using System.Globalization;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>What Linux knows of threads: each has a name of up to 15 characters and a <c>nice</c> value, which those that it starts inherit.</summary>
internal static class ThreadPriorities
{
    /// <summary>That of the thread that asks.</summary>
    public static int Own() => NicenessIn("/proc/thread-self/stat")!.Value;

    /// <summary>The threads of a process that come after its first one, each as its name and its <c>nice</c> value.</summary>
    /// <param name="process">The process' id.</param>
    public static IEnumerable<string> Low(int process)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}");
        var usual = NicenessIn(Path.Combine(folder, "stat"));
        foreach (var thread in Directory.EnumerateDirectories(Path.Combine(folder, "task")))
        {
            // One that has ended by now has neither.
            if (NicenessIn(Path.Combine(thread, "stat")) is { } niceness && niceness > usual && Read(Path.Combine(thread, "comm")) is { } name)
            {
                yield return $"{name.TrimEnd('\n')} {niceness}";
            }
        }
    }

    // proc(5): after the name in parentheses the nice value is the 17th.
    private static int? NicenessIn(string stat) =>
        Read(stat) is { } text ? int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture) : null;

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
