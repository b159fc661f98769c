using System.Diagnostics;
using System.Text.Json.Nodes;
using GraphGateway.TestKit;

namespace GraphGateway.Benchmarks;

/// <summary>What one run of a gateway gave.</summary>
internal sealed record GatewayVisit
{
    /// <summary>The answer's bytes.</summary>
    public int Bytes { get; init; }

    /// <summary>Requests to sources for one request alone.</summary>
    public long Calls { get; init; }

    /// <summary>The same under load, as a mean.</summary>
    public double CallsUnderLoad { get; init; }

    /// <summary>Requests a second.</summary>
    public double Rate { get; init; }

    /// <summary>The median of the latencies in milliseconds.</summary>
    public double Median { get; init; }

    /// <summary>What 99 of 100 latencies do not exceed, in milliseconds.</summary>
    public double Late { get; init; }

    /// <summary>Processor milliseconds for a request.</summary>
    public double Processor { get; init; }

    /// <summary>The share of its core that the gateway had.</summary>
    public double Core { get; init; }

    /// <summary>The share of this core that others had.</summary>
    public double Foreign { get; init; }

    /// <summary>The peak of memory in MB.</summary>
    public double Peak { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Rate == 0
        ? $"{Bytes} bytes, {Calls} calls"
        : $"{Report.Digits(Rate)} requests/s, {Report.Digits(Processor)} ms of processor each, p50 {Report.Digits(Median)} ms, {Calls} calls, {Report.Digits(Peak)} MB, others {Foreign:P0}";
}

/// <summary>The table of medians.</summary>
internal static class GatewayReport
{
    /// <summary>Prints the table, and writes it where that was asked for.</summary>
    public static void Make(GatewayOptions options, List<(GatewayRow Row, GatewayVisit Visit)> visits, string[] absent)
    {
        var groups = visits.GroupBy(each => each.Row.Name, each => each.Visit).Select(group => (Name: group.Key, Visits: group.ToArray())).ToArray();
        double? Cost(string name) => groups.FirstOrDefault(group => group.Name == name).Visits is { } found ? Middle(found, visit => visit.Processor) : null;
        var byHand = Cost("bff");
        var report = new Report("Gateways");
        report.Environment($"Node.js {Output("node", "--version")} · {Packages()} · commit {Output("git", "-C", Repository.Root, "describe", "--always", "--dirty")}");
        report.Paragraph(
            $"Medians of {options.Rounds} rounds of {options.Seconds} s after {options.Warmup} s of the same load on {options.Connections} connections; "
            + $"sources answer {(options.Delay == 0 ? "at once" : $"after {options.Delay} ms")}. See docs/performance.md for what is measured.");
        report.Table(
            ["Gateway", "Requests/s", "least..most", "ms of processor", "requests of bff's per processor second", "p50 ms", "p99 ms", "peak MB", "calls", "calls under load", "answer KB", "core", "others on it"],
            groups.Select(group =>
            {
                var processor = Middle(group.Visits, visit => visit.Processor);
                return new[]
                {
                    group.Name,
                    Report.Digits(Middle(group.Visits, visit => visit.Rate)),
                    $"{Report.Digits(group.Visits.Min(visit => visit.Rate))}..{Report.Digits(group.Visits.Max(visit => visit.Rate))}",
                    Report.Digits(processor),
                    byHand is { } cost && visits.First(each => each.Row.Name == group.Name).Row.Query is null ? Report.Digits(cost / processor) : "",
                    Report.Digits(Middle(group.Visits, visit => visit.Median)),
                    Report.Digits(Middle(group.Visits, visit => visit.Late)),
                    Report.Digits(Middle(group.Visits, visit => visit.Peak)),
                    $"{group.Visits[0].Calls}",
                    Report.Digits(Middle(group.Visits, visit => visit.CallsUnderLoad)),
                    Report.Digits(group.Visits[0].Bytes / 1e3),
                    $"{Middle(group.Visits, visit => visit.Core) * 100:0} %",
                    $"{Middle(group.Visits, visit => visit.Foreign) * 100:0} %",
                };
            }).Concat(absent.Select(name => new[] { name, "not installed", "", "", "", "", "", "", "", "", "", "", "" })));
        foreach (var line in Guards(Cost))
        {
            report.Paragraph(line);
        }

        if (options.IsWritten)
        {
            report.Write("gateways");
        }
        else
        {
            report.Print();
        }
    }

    // What it costs to look at who asks and how much: the same requests beside those that nobody guards.
    private static IEnumerable<string> Guards(Func<string, double?> cost)
    {
        foreach (var name in new[] { "graphgateway-noshare", "graphgateway-trivial" })
        {
            if (cost(name) is { } free && cost(name + "-guarded") is { } guarded)
            {
                yield return $"`{name}-guarded` takes {guarded / free:0.000} times the processor of `{name}`: {Report.Digits((guarded - free) * 1e3)} µs more for each request.";
            }
        }

        if (cost("graphgateway-trivial-guarded") is { } remembered && cost("graphgateway-trivial-firstsight") is { } first)
        {
            yield return $"A token that is not remembered costs {Report.Digits((first - remembered) * 1e3)} µs of processor more than one that is.";
        }
    }

    private static double Middle(GatewayVisit[] visits, Func<GatewayVisit, double> value) => Clock.Median(visits.Select(value));

    private static string Packages()
    {
        var dependencies = JsonNode.Parse(File.ReadAllText(Path.Combine(NodePeer.Folder, "package.json")))!["dependencies"]!;
        string[] names = ["@apollo/gateway", "@apollo/server", "@graphql-hive/gateway", "@graphql-hive/router-runtime", "@grafbase/cli-x86_64-unknown-linux-musl"];
        return string.Join(", ", names.Select(name => $"{name} {dependencies[name]}"));
    }

    private static string Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Trim();
    }
}
