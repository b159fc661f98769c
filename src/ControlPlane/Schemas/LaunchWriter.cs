using System.Collections.Immutable;
using System.Data.Common;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>Writes one launch, in a transaction that somebody else commits.</summary>
internal sealed class LaunchWriter(
    DbConnection connection, DbTransaction transaction, StageState state, RegistryLimits limits, DateTimeOffset now, CancellationToken cancellation)
{
    private const string Launches = "graphgateway_registry_launches";
    private const string Supergraphs = "graphgateway_registry_supergraphs";

    private readonly (string Name, object? Value)[] place = [("graph", state.Graph), ("stage", state.Stage)];

    /// <summary>
    /// 1. Wait for others. 2. Is the stage still as it was when the change was composed? 3. Is there room? 4. Store the versions that are not there yet.
    /// 5. Store the launch. 6. Make it live where it composes and waits for nobody.
    /// </summary>
    /// <returns>Null where others have changed the stage.</returns>
    public async Task<LaunchResult?> WriteAsync(Proposal proposal, CompositionOutcome composed, LaunchNote note, LaunchConsent? consent = null)
    {
        // 1.
        await RegistryTables.LockAsync(connection, transaction, cancellation);

        // 2.
        if (!await IsAsItWasAsync() || await IsDecidedAsync(proposal))
        {
            return null;
        }

        // 3.
        if (await FindFullAsync() is { } full)
        {
            return LaunchResult.Refused(full);
        }

        // 4.
        var sources = ImmutableArray.CreateBuilder<StageSource>(proposal.Sources.Length);
        foreach (var source in proposal.Sources)
        {
            // What is promoted comes from another stage, which may have gone meanwhile with its versions.
            if (((proposal.Kind == LaunchKind.Promote ? null : source.Version) ?? await VersionAsync(source, note)) is not { } version)
            {
                return LaunchResult.Refused($"{source.Source} has {limits.Versions} versions, and there is no room for more.");
            }

            sources.Add(new StageSource(source.Source, version, source.Url, source.Hash));
        }

        // 5.
        var isComposed = composed.Supergraph is not null;
        var waits = isComposed && proposal.Kind switch
        {
            LaunchKind.Rollback or LaunchKind.Approve => false,
            LaunchKind.Promote => note.WaitForApproval,
            _ => note.WaitForApproval || state.IsBaseUnapproved,
        };
        if (waits && await FindTooManyWaitingAsync() is { } tooMany)
        {
            return LaunchResult.Refused(tooMany);
        }

        var launch = new Launch(
            state.Last + 1,
            proposal.Kind,
            waits ? LaunchStatus.Awaiting : isComposed ? LaunchStatus.Live : LaunchStatus.Draft,
            proposal.Subject ?? SubjectOf([.. sources.Where(source => proposal.Changed.Contains(source.Source))]),
            state.Base,
            proposal.Target,
            note with { WaitForApproval = waits },
            DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
            composed.Supergraph is { } text ? PublishedOperation.HashOf(text) : null)
        {
            Approver = proposal.Kind == LaunchKind.Approve ? note.Author : null,
            Consent = consent,
        };
        await InsertAsync(launch, sources, composed);

        // 6.
        await MoveAsync(launch);
        return new LaunchResult(LaunchOutcome.Launched, launch, composed.Problems, null)
        {
            MoreProblems = composed.MoreProblems,
            Sources = sources.ToImmutable(),
            Live = launch.Status == LaunchStatus.Live ? launch.Number : state.Live,
        };
    }

    /// <summary>What a launch that waits would change is live already: it waits no longer, and nothing else happens.</summary>
    /// <returns>False where others have changed the stage, or decided about the launch.</returns>
    public async Task<bool> SettleAsync(int waiting, LaunchNote note)
    {
        await RegistryTables.LockAsync(connection, transaction, cancellation);
        if (!await IsAsItWasAsync())
        {
            return false;
        }

        return await ExecuteAsync(
            $"UPDATE {Launches} SET status = @status, approver = @approver WHERE graph = @graph AND stage = @stage AND launch = @launch AND status = @waiting",
            [.. place, ("launch", (long)waiting), ("status", nameof(LaunchStatus.Approved)), ("approver", note.Author), ("waiting", nameof(LaunchStatus.Awaiting))]) > 0;
    }

    // Lists of launches have it in each row.
    private static string SubjectOf(ImmutableArray<StageSource> changed) =>
        string.Join(", ", changed.Take(RegistryLimits.SubjectSources)) + (changed.Length > RegistryLimits.SubjectSources ? $" and {changed.Length - RegistryLimits.SubjectSources} more" : "");

    private async Task<bool> IsAsItWasAsync()
    {
        var rows = await StoreDatabase.ReadAsync(connection, transaction, RegistryReader.MarkOfStage, RegistryReader.MarkOf, cancellation, place);
        return rows.SingleOrDefault() == state.Mark;
    }

    // Whether what is approved waits no longer, or was rejected on what the change was made: neither changes what the stage has live, or its last number.
    private async Task<bool> IsDecidedAsync(Proposal proposal) => await NumberAsync(
        $"""
        SELECT COUNT(*) FROM {Launches} WHERE graph = @graph AND stage = @stage
          AND ((launch = @ground AND status = @rejected) OR (launch = @approved AND status <> @waiting))
        """,
        [
            .. place, ("ground", (long)(state.Live is null ? state.Base ?? 0 : 0)), ("approved", (long)(proposal is { Kind: LaunchKind.Approve, Target: { } target } ? target : 0)),
            ("rejected", nameof(LaunchStatus.Rejected)), ("waiting", nameof(LaunchStatus.Awaiting)),
        ]) > 0;

    // Numbers grow, and what is forgotten takes no room: it is counted where there can be too many.
    private async Task<string?> FindFullAsync()
    {
        const string remove = "`graphgateway registry stages remove` takes one away.";
        return state.Last >= limits.Launches && await NumberAsync($"SELECT COUNT(*) FROM {Launches} WHERE graph = @graph AND stage = @stage", place) >= limits.Launches
            ? $"{state.Stage} of {state.Graph} has {limits.Launches} launches, and there is no room for more."
            : state.Last > 0 ? null
            : await NumberAsync("SELECT COUNT(*) FROM graphgateway_registry_stages") >= limits.Stages
            ? $"The registry has {limits.Stages} stages, and there is no room for more. {remove}"
            : await NumberAsync("SELECT COUNT(*) FROM graphgateway_registry_stages WHERE graph = @graph", place) >= limits.StagesOfGraph
            ? $"{state.Graph} has {limits.StagesOfGraph} stages, and there is no room for more. {remove}"
            : null;
    }

    private async Task<string?> FindTooManyWaitingAsync() =>
        await NumberAsync($"SELECT COUNT(*) FROM {Launches} WHERE graph = @graph AND stage = @stage AND status = @status", [.. place, ("status", nameof(LaunchStatus.Awaiting))]) >= limits.Awaiting
            ? $"{limits.Awaiting} launches of {state.Stage} of {state.Graph} wait for approval, and there is no room for more: approve or reject some."
            : null;

    // Equal content is one version, whoever publishes it and wherever.
    private async Task<int?> VersionAsync(ProposedSource source, LaunchNote note)
    {
        (string, object?)[] of = [("graph", state.Graph), ("source", source.Source)];
        if (await NumberAsync("SELECT version FROM graphgateway_registry_versions WHERE graph = @graph AND source = @source AND hash = @hash", [.. of, ("hash", source.Hash)]) is var known and > 0)
        {
            return (int)known;
        }

        var version = await NumberAsync("SELECT MAX(version) FROM graphgateway_registry_versions WHERE graph = @graph AND source = @source", of) + 1;
        if (version > limits.Versions)
        {
            return null;
        }

        await ExecuteAsync(
            """
            INSERT INTO graphgateway_registry_versions (graph, source, version, hash, schema_text, settings, author, tag, published)
            VALUES (@graph, @source, @version, @hash, @schema, @settings, @author, @tag, @published)
            """,
            [
                .. of, ("version", version), ("hash", source.Hash), ("schema", source.Content.Schema), ("settings", source.Content.Settings), ("author", note.Author),
                ("tag", note.Tag), ("published", now.ToUnixTimeMilliseconds()),
            ]);
        return (int)version;
    }

    private async Task InsertAsync(Launch launch, IEnumerable<StageSource> sources, CompositionOutcome composed)
    {
        (string, object?)[] own = [.. place, ("launch", (long)launch.Number)];
        await ExecuteAsync(
            $"""
            INSERT INTO {Launches} (graph, stage, launch, kind, status, subject, base, target, author, tag, approver, created, hash, problems, consent)
            VALUES (@graph, @stage, @launch, @kind, @status, @subject, @base, @target, @author, @tag, @approver, @created, @hash, @problems, @consent)
            """,
            [
                .. own, ("kind", launch.Kind.ToString()), ("status", launch.Status.ToString()), ("subject", launch.Subject), ("base", (long?)launch.Base),
                ("target", (long?)launch.Target), ("author", launch.Note.Author), ("tag", launch.Note.Tag), ("approver", launch.Approver),
                ("created", now.ToUnixTimeMilliseconds()), ("hash", launch.Hash), ("problems", LaunchProblems.Write(composed.Problems, composed.MoreProblems, limits.Problems)),
                ("consent", launch.Consent is { } consent ? LaunchConsents.Write(consent) : null),
            ]);
        foreach (var source in sources)
        {
            await ExecuteAsync(
                "INSERT INTO graphgateway_registry_sources (graph, stage, launch, source, version, url) VALUES (@graph, @stage, @launch, @source, @version, @url)",
                [.. own, ("source", source.Source), ("version", (long)source.Version), ("url", source.Url)]);
        }

        if (composed.Supergraph is { } text)
        {
            await ExecuteAsync($"INSERT INTO {Supergraphs} (graph, stage, launch, document) VALUES (@graph, @stage, @launch, @document)", [.. own, ("document", text)]);
        }
    }

    private async Task MoveAsync(Launch launch)
    {
        var isLive = launch.Status == LaunchStatus.Live;
        await ExecuteAsync(
            """
            INSERT INTO graphgateway_registry_stages (graph, stage, live, last) VALUES (@graph, @stage, @live, @last)
            ON CONFLICT (graph, stage) DO UPDATE SET live = excluded.live, last = excluded.last
            """,
            [.. place, ("live", (long?)(isLive ? launch.Number : state.Live)), ("last", (long)launch.Number)]);
        if (isLive && state.Live is { } before)
        {
            await SetStatusAsync(before, launch.Kind == LaunchKind.Rollback ? LaunchStatus.RolledBack : LaunchStatus.Superseded);
        }

        if (isLive && launch is { Kind: LaunchKind.Approve, Target: { } approved })
        {
            await SetStatusAsync(approved, LaunchStatus.Approved);
        }

        // Apart: what never was live, however often somebody publishes it, pushes out nothing that can be rolled back to.
        var live = isLive ? launch.Number : state.Live ?? 0;
        await ForgetAsync(RegistryReader.WasLive, live);
        await ForgetAsync("status IN ('Awaiting', 'Approved', 'Rejected')", live);
        if (launch.Status is LaunchStatus.Draft or LaunchStatus.Awaiting)
        {
            await ForgetNeverLiveAsync();
        }
    }

    // The new one is kept in any case, and so is what launches that wait are compared with.
    private async Task ForgetNeverLiveAsync()
    {
        const string which = $"""
            graph = @graph AND stage = @stage AND status IN ('Draft', 'Rejected') AND launch NOT IN (
              SELECT base FROM {Launches} WHERE graph = @graph AND stage = @stage AND status = 'Awaiting' AND base IS NOT NULL)
            """;
        (string, object?)[] values = [.. place, ("kept", (long)limits.NeverLive)];
        var old = $"SELECT launch FROM {Launches} WHERE {which} ORDER BY launch DESC LIMIT 1 OFFSET @kept";
        foreach (var table in new[] { "graphgateway_registry_sources", Supergraphs, Launches })
        {
            await ExecuteAsync($"DELETE FROM {table} WHERE graph = @graph AND stage = @stage AND launch <= ({old}) AND launch IN (SELECT launch FROM {Launches} WHERE {which})", values);
        }
    }

    // What has become too old; more than the one that this launch pushes out where the limit was lowered.
    private Task ForgetAsync(string which, int live)
    {
        var those = $"SELECT launch FROM {Launches} WHERE graph = @graph AND stage = @stage AND {which} AND launch IN (SELECT launch FROM {Supergraphs} WHERE graph = @graph AND stage = @stage)";
        return ExecuteAsync(
            $"""
            DELETE FROM {Supergraphs} WHERE graph = @graph AND stage = @stage AND launch <> @live AND launch IN ({those})
              AND launch <= (SELECT launch FROM ({those}) AS kept ORDER BY launch DESC LIMIT 1 OFFSET @kept)
            """,
            [.. place, ("live", (long)live), ("kept", (long)limits.Supergraphs)]);
    }

    private Task SetStatusAsync(int launch, LaunchStatus status) => ExecuteAsync(
        $"UPDATE {Launches} SET status = @status WHERE graph = @graph AND stage = @stage AND launch = @launch", [.. place, ("launch", (long)launch), ("status", status.ToString())]);

    private Task<int> ExecuteAsync(string text, params (string Name, object? Value)[] values) => StoreDatabase.ExecuteAsync(connection, transaction, text, cancellation, values);

    private async Task<long> NumberAsync(string text, params (string Name, object? Value)[] values) => (await StoreDatabase.ReadAsync(
        connection, transaction, text, static row => row.IsDBNull(0) ? 0 : StoreDatabase.NumberOf(row, 0), cancellation, values)).FirstOrDefault();
}

/// <summary>What was composed: the supergraph's text, or null with the errors.</summary>
/// <param name="Supergraph">The text.</param>
/// <param name="Problems">The problems.</param>
/// <param name="MoreProblems">How many more there are than are told.</param>
internal readonly record struct CompositionOutcome(string? Supergraph, ImmutableArray<CompositionProblem> Problems, int MoreProblems);
