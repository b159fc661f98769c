using System.Globalization;

namespace GraphGateway.Benchmarks;

/// <summary>What publishing costs those who ask a gateway that follows a registry, and how long a registry with many versions takes to answer.</summary>
internal static class RegistrySuite
{
    private const string Name = "registry";
    private const int UsualRounds = 5;

    /// <summary>Measures and writes the table; with names of its parts (<c>load</c>, <c>pace</c>, <c>memory</c>, <c>versions</c>), of places (<c>store</c>, <c>http</c>), of sizes (<c>small</c>, <c>large</c>), of cores (<c>one</c>, <c>all</c>) or a number of rounds only these, and it only prints them.</summary>
    public static int Run(string[] args)
    {
        try
        {
            return RunAsync(args).GetAwaiter().GetResult();
        }
        finally
        {
            PinnedProcess.StopAll();
        }
    }

    private static async Task<int> RunAsync(string[] args)
    {
        FollowedPlace[] places = [.. Enum.GetValues<FollowedPlace>().Where(place => args.Contains(place.ToString(), StringComparer.OrdinalIgnoreCase))];
        var rounds = args.Select(arg => int.TryParse(arg, CultureInfo.InvariantCulture, out var number) ? number : 0).FirstOrDefault(number => number > 0, UsualRounds);
        var following = new FollowingUnderLoad(places.Length > 0 ? places : Enum.GetValues<FollowedPlace>(), args.Contains("small") ? [GraphSize.Small] : args.Contains("large") ? [GraphSize.Large] : [GraphSize.Small, GraphSize.Large], args.Contains("one") ? [false] : args.Contains("all") ? [true] : [false, true], rounds);
        (string Name, Func<Report, Task> Measure)[] parts = [("load", following.LoadAsync), ("pace", following.PaceAsync), ("memory", FollowingUnderLoad.MemoryAsync), ("versions", ManyVersions.MeasureAsync)];
        var report = new Report("registry: gateways that follow it, and what it answers when it holds much");
        report.Environment("the gateway on a core of its own unless the row says all, all else on the other");
        foreach (var (name, measure) in parts.Where(part => args.Length == 0 || args.Contains(part.Name)))
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss} {name}"));
            await measure(report);
        }

        if (args.Length == 0)
        {
            report.Write(Name);
        }
        else
        {
            report.Print();
        }

        return 0;
    }
}
