using System.Collections.Immutable;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>Tells what became of changes, and what a registry has: to people, or with <c>--json</c> as one object on the standard output.</summary>
internal sealed class RegistryReport(TextWriter output, TextWriter error, bool isJson)
{
    internal bool IsJson => isJson;

    internal TextWriter Output => output;

    /// <summary>What became of a change; exit code 1 where it is not what its author wanted.</summary>
    internal int Tell(string graph, string stage, LaunchResult result)
    {
        if (result.Refusal is { } refusal)
        {
            return Fail([.. result.Broken, refusal]);
        }

        var launch = result.Launch!;
        var isWanted = launch.Status != LaunchStatus.Draft;
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new
            {
                Success = isWanted,
                Outcome = result.Outcome == LaunchOutcome.Unchanged ? "unchanged" : Word(launch.Status),
                Graph = graph,
                Stage = stage,
                Launch = Json(launch),
                Sources = result.Sources.Select(Json),
                MoreSources = JsonText.More(result.MoreSources),
                Problems = result.Problems.Select(JsonText.Problem),
                MoreProblems = JsonText.More(result.MoreProblems),
                Broken = result.BrokenSummary is null ? (ImmutableArray<string>?)null : result.Broken,
                result.BrokenSummary,
            }));
            return isWanted ? 0 : 1;
        }

        new ProblemReport(output, error, isJson: false).Show(result.Problems, result.MoreProblems);
        foreach (var broken in result.BrokenSummary is { } summary ? result.Broken.Add(summary) : [])
        {
            error.WriteLine(broken);
        }

        var name = $"#{launch.Number} of {stage} of {graph}";
        output.WriteLine((result.Outcome, launch.Status) switch
        {
            (LaunchOutcome.Unchanged, _) => $"Nothing changes: {name} is live with the same.",
            (_, LaunchStatus.Draft) => $"{name} does not compose and is kept as a draft: {Words(launch)}. {(result.Live is { } live ? $"#{live} stays live." : "Nothing is live there yet.")}",
            (_, LaunchStatus.Awaiting) =>
                $"{name} waits for approval: {Words(launch)}. `graphgateway approve --graph {graph} --stage {stage} --launch {launch.Number}` makes it live.",
            _ => $"{name} is live: {Words(launch)}.",
        });
        return isWanted ? 0 : 1;
    }

    internal int Rejected(string graph, string stage, ImmutableArray<Launch> rejected)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Success = true, Graph = graph, Stage = stage, Rejected = rejected.Select(Json) }));
            return 0;
        }

        foreach (var launch in rejected)
        {
            output.WriteLine($"#{launch.Number} of {stage} of {graph} is rejected{(launch == rejected[0] ? "" : $", which was made on #{rejected[0].Number}")}: {Words(launch)}.");
        }

        return 0;
    }

    internal int Removed(RemovedStage removed)
    {
        var (graph, stage) = (removed.Stage.Graph, removed.Stage.Stage);
        output.WriteLine(isJson
            ? JsonText.Of(new { Success = true, Graph = graph, Stage = stage, removed.Stage.Live, removed.Stage.Last, removed.WithVersions })
            : $"{stage} of {graph} is removed{(removed.WithVersions ? ", and with it the versions of all sources of the graph" : "")}.");
        return 0;
    }

    internal int Stages(ImmutableArray<StageAnswer> all)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new
            {
                Success = true,
                Stages = all.Select(entry => new { entry.Stage.Graph, entry.Stage.Stage, entry.Stage.Live, entry.Stage.Last, Launch = entry.Launch is { } live ? Json(live) : null }),
            }));
        }
        else if (all.IsEmpty)
        {
            error.WriteLine("Nothing is published. `graphgateway publish --graph NAME --stage NAME --source NAME --schema FILE` publishes a source.");
        }
        else
        {
            TextTable.Write(output,
            [
                ["GRAPH", "STAGE", "LIVE", "LAST", "WHAT", "BY", "TAG", "SINCE"],
                .. all.Select(entry => new[]
                {
                    entry.Stage.Graph, entry.Stage.Stage, entry.Stage.Live is { } live ? $"#{live}" : "-", $"#{entry.Stage.Last}", entry.Launch is { } launch ? Words(launch) : "-",
                    entry.Launch?.Note.Author ?? "-", entry.Launch?.Note.Tag ?? "-", entry.Launch is { } since ? KeyReport.Time(since.Created) : "-",
                }),
            ]);
        }

        return 0;
    }

    internal int Sources(LaunchAnswer details, bool withLaunch)
    {
        var (versions, problems) = (details.Versions, details.Problems.Select(problem => problem.ToProblem()).ToImmutableArray());
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new
            {
                Success = true,
                Launch = Json(details.Launch),
                Sources = details.Sources.Select((source, i) => new
                {
                    source.Source, source.Version, source.Url, source.Hash, versions[i].Note.Author, versions[i].Note.Tag, Published = KeyReport.Time(versions[i].Published),
                }),
                Problems = withLaunch ? problems.Select(JsonText.Problem) : null,
                MoreProblems = withLaunch ? details.MoreProblems : null,
            }));
            return 0;
        }

        if (withLaunch)
        {
            Launches([details.Launch]);
            if (details.Launch.Rejection is { } rejection)
            {
                output.WriteLine($"It was rejected at {KeyReport.Time(rejection.At)}{(rejection.By is { } by ? $" by {by}" : "")}{(rejection.Reason is { } reason ? $": {reason}" : ".")}");
            }

            if (details.Launch.Consent is { } consent)
            {
                output.WriteLine($"{details.Launch.Note.Author ?? "Somebody"} has consented to what it does: it {consent.Words}{(consent.Operations.IsEmpty ? "." : ":")}");
                foreach (var broken in consent.Operations)
                {
                    output.WriteLine($"  {broken}");
                }

                if (consent.Broken > consent.Operations.Length)
                {
                    output.WriteLine($"  and {consent.Broken - consent.Operations.Length} more");
                }
            }

            output.WriteLine();
        }

        TextTable.Write(output,
        [
            ["SOURCE", "VERSION", "BY", "TAG", "PUBLISHED", "URL"],
            .. details.Sources.Select((source, i) => new[]
            {
                source.Source, $"{source.Version}", versions[i].Note.Author ?? "-", versions[i].Note.Tag ?? "-", KeyReport.Time(versions[i].Published), source.Url ?? "-",
            }),
        ]);
        if (withLaunch)
        {
            new ProblemReport(output, error, isJson: false).Show(problems, details.MoreProblems ?? 0);
        }

        return 0;
    }

    internal int Launches(ImmutableArray<Launch> launches)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Success = true, Launches = launches.Select(Json) }));
            return 0;
        }

        TextTable.Write(output,
        [
            ["LAUNCH", "STATUS", "WHAT", "BY", "TAG", "CREATED"],
            .. launches.Select(launch => new[]
            {
                $"#{launch.Number}", Word(launch.Status), $"{Words(launch)}{(launch.Consent is { } consent ? $", {consent.Words}" : "")}", launch.Note.Author ?? "-", launch.Note.Tag ?? "-",
                KeyReport.Time(launch.Created),
            }),
        ]);
        return 0;
    }

    internal int Versions(ImmutableArray<SourceVersion> versions)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new
            {
                Success = true,
                Versions = versions.Select(version => new
                {
                    version.Source, version.Version, version.Hash, version.Note.Author, version.Note.Tag, Published = KeyReport.Time(version.Published),
                }),
            }));
            return 0;
        }

        TextTable.Write(output,
        [
            ["VERSION", "BY", "TAG", "PUBLISHED", "HASH"],
            .. versions.Select(version => new[]
            {
                $"{version.Version}", version.Note.Author ?? "-", version.Note.Tag ?? "-", KeyReport.Time(version.Published), version.ShortHash,
            }),
        ]);
        return 0;
    }

    internal int Fail(params ImmutableArray<string> messages)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Success = false, Problems = messages.Select(message => new { Message = message }) }));
            return 1;
        }

        foreach (var message in messages)
        {
            error.WriteLine(message);
        }

        return 1;
    }

    // A launch as people say it: "publish orders@3", "approve #7 (orders@3)".
    private static string Words(Launch launch) => launch is { Kind: LaunchKind.Approve, Target: { } target }
        ? $"approve #{target} ({launch.Subject})"
        : $"{Word(launch.Kind)} {launch.Subject}";

    private static object Json(StageSource source) => new { source.Source, source.Version, source.Url };

    private static object Json(Launch launch) => new
    {
        launch.Number,
        Kind = Word(launch.Kind),
        Status = Word(launch.Status),
        launch.Subject,
        launch.Base,
        launch.Target,
        launch.Note.Author,
        launch.Note.Tag,
        launch.Approver,
        launch.Consent,
        Rejection = launch.Rejection is { } rejection ? new { rejection.By, At = KeyReport.Time(rejection.At), rejection.Reason } : null,
        Created = KeyReport.Time(launch.Created),
        launch.Hash,
    };

    private static string Word(Enum value) => value is LaunchStatus.RolledBack ? "rolled back" : value.ToString().ToLowerInvariant();
}
