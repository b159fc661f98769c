using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GraphGateway.Gateway;

/// <summary>
/// Threads behind those of requests. The runtime's own priorities do nothing on Linux: there each thread has one in the kernel (<c>nice</c>; elsewhere it is the whole process' one), may always lower it, and gives it to the threads that it starts.
/// </summary>
internal static class LowPriority
{
    /// <summary>
    /// Of 0 to 19, Linux' measure: beside one thread of a request about a tenth of a processor is left for it. With less a collection of garbage, which waits until each thread has come to a stop,
    /// would wait for one that is not let on.
    /// </summary>
    public const int Niceness = 10;

    private const int ThreadOfPriority = 0;
    private const string Threads = "/proc/self/task";

    // As the kernel has them, which knows 15 characters: the collector that looks at what is old beside all that runs, and the compiler that makes what runs often faster. What is made for another graph gives
    // both much to do, milliseconds at a time, in which a request on the same processor waited: half of all waits of more than 3 ms, measured.
    private static readonly string[] OfRuntime = [".NET BGC", ".NET Tiered Com"];

    /// <summary>Of the calling thread.</summary>
    public static void Take()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        Set(0);
    }

    /// <summary>
    /// Of the threads of the runtime that work beside requests. They come and go: what there is now. Where a process has all that it asks for they lose nothing; where it has not they get a tenth of a processor each.
    /// </summary>
    public static void TakeForRuntime()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Threads))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(Threads))
        {
            if (uint.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var thread) && OfRuntime.Contains(NameIn(folder)))
            {
                Set(thread);
            }
        }
    }

    private static string? NameIn(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "comm")).TrimEnd('\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended by now, or a sandbox hides it.
            return null;
        }
    }

    [SuppressMessage("Performance", "CA1806", Justification = "Where a sandbox forbids it the work is done at the usual priority.")]
    private static void Set(uint thread)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            SetPriority(ThreadOfPriority, thread, Niceness);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system library of another name: the work is done at the usual priority.
        }
    }

    // setpriority(2): of PRIO_PROCESS and the id of a thread; of 0, the thread that calls.
    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
