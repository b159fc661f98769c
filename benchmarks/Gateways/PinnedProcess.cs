using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GraphGateway.Benchmarks;

/// <summary>A program in a process group of its own, on one core or on all; what the group took is read from <c>/proc</c>.</summary>
internal sealed class PinnedProcess : IDisposable
{
    private static readonly List<PinnedProcess> Running = [];
    private readonly Process process;

    private PinnedProcess(Process process) => this.process = process;

    /// <summary>Whether the program and all processes of the group have ended. In the group's first moment nothing is in it: the program makes it.</summary>
    public bool HasEnded => process.HasExited && Members().Count == 0;

    /// <summary>Starts a program.</summary>
    /// <param name="core">The processor that it may use; null for all.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="log">The file that has what it prints.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="command">The program and its arguments.</param>
    public static PinnedProcess Start(int? core, string folder, string log, IEnumerable<(string Name, string Value)> environment, params string[] command)
    {
        // setsid makes the group; the shell only opens the log, then it becomes the program.
        string[] arguments =
            ["taskset", "-c", core?.ToString(CultureInfo.InvariantCulture) ?? File.ReadAllText("/sys/devices/system/cpu/online").Trim(), "sh", "-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", log, .. command];
        var start = new ProcessStartInfo("setsid", arguments) { WorkingDirectory = folder };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        lock (Running)
        {
            var started = new PinnedProcess(Process.Start(start)!);
            Running.Add(started);
            return started;
        }
    }

    /// <summary>Stops all that run, at once.</summary>
    public static void StopAll()
    {
        lock (Running)
        {
            foreach (var each in Running.ToArray())
            {
                each.Dispose();
            }
        }
    }

    /// <summary>Processor seconds of the group so far, and the sum of its processes' peaks of memory in MB.</summary>
    public (double Seconds, double PeakMegabytes) Usage()
    {
        var (ticks, peak) = (0L, 0L);
        foreach (var (id, own) in Members())
        {
            ticks += own;
            peak += Kilobytes(id, "VmHWM:");
        }

        // A tick is a hundredth of a second in what Linux shows, whatever its kernel counts in.
        return (ticks / 100.0, peak / 1024.0);
    }

    /// <summary>Processor time of the program alone so far, threads that have ended included, as exactly as the kernel counts it.</summary>
    public TimeSpan ProcessorTime()
    {
        // setsid, taskset and the shell become the program: its id is that of the group.
        return ClockOf(process.Id, out var clock) == 0 && TimeOf(clock, out var time) == 0
            ? TimeSpan.FromTicks((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / 100))
            : throw new InvalidOperationException("The program has ended.");
    }

    /// <summary>Processor seconds of the group's threads that run and have this name.</summary>
    public double ThreadSeconds(string name)
    {
        var ticks = 0L;
        foreach (var (id, _) in Members())
        {
            foreach (var thread in Directory.EnumerateDirectories($"/proc/{id}/task"))
            {
                var stat = Read($"{thread}/stat");
                if (stat.Contains($"({name})", StringComparison.Ordinal))
                {
                    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
                }
            }
        }

        return ticks / 100.0;
    }

    /// <summary>The memory of the group's processes that is in the machine's now, in MB.</summary>
    public double ResidentMegabytes() => Members().Sum(member => Kilobytes(member.Id, "VmRSS:")) / 1024.0;

    /// <summary>Ends the group: none of them has anything to save.</summary>
    public void Dispose()
    {
        lock (Running)
        {
            if (!Running.Remove(this))
            {
                return;
            }
        }

        foreach (var (id, _) in Members())
        {
            try
            {
                using var member = Process.GetProcessById(id);
                member.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }

        process.WaitForExit();
        process.Dispose();
    }

    private List<(int Id, long Ticks)> Members()
    {
        var members = new List<(int, long)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Read($"/proc/{id}/stat") is { Length: > 0 } stat)
            {
                // proc(5): after the name in parentheses come the state, the parent, the group; user and system time are the 12th and 13th.
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[0] != "Z" && int.Parse(fields[2], CultureInfo.InvariantCulture) == process.Id)
                {
                    members.Add((id, long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
                }
            }
        }

        return members;
    }

    // proc(5): a name, and a number with its unit.
    private static long Kilobytes(int id, string name)
    {
        var line = Read($"/proc/{id}/status").Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.AsSpan(name.Length, line.Length - name.Length - 2), CultureInfo.InvariantCulture);
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "clock_getcpuclockid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockOf(int process, out int clock);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TimeOf(int clock, out TimeOfClock time);

    // timespec, of 64 bits each.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeOfClock
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
