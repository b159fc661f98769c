using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution.Tests;

/// <summary>An entry of a step: equal inputs, asked once, for one or several targets.</summary>
internal sealed record NaiveEntry(List<string> Values, string? Type, List<(NaiveObject Object, object[] Path)> Targets)
{
    /// <summary>True when the source's answer for it is null.</summary>
    public bool IsNull { get; set; }

    public bool IsAnswered { get; set; }

    /// <summary>True when no other target shares it.</summary>
    public bool IsAlone { get; init; }
}

/// <summary>
/// The executor as one would write it down from the specification: one step after the other, a tree of objects, no sharing, no reuse.
/// </summary>
internal sealed class NaiveExecutor(QueryPlan plan, Script script, ExecutionOptions options)
{
    private readonly NaiveErrorList errorList = new();
    private readonly NaiveObject root = new(plan.Root, plan.Root.Type.Name);

    public string Run()
    {
        foreach (var step in plan.Steps)
        {
            RunStep(step);
        }

        errorList.SettleOpen(plan.Supergraph.FullSchema, root);
        var errors = errorList.Told;
        var data = new NaiveWriter(plan, errors).Write(root, []);
        var answer = new JsonObject();
        if (errors.Count > 0)
        {
            var written = errors.OrderBy(error => error.Step).Take(options.MaxErrors).Select(error => (JsonNode)error.Error).ToList();
            if (errors.Count > options.MaxErrors)
            {
                written.Add(new JsonObject { ["message"] = $"{errors.Count - options.MaxErrors} more errors were left out.", ["extensions"] = new JsonObject { ["code"] = "TOO_MANY_ERRORS" } });
            }

            answer["errors"] = new JsonArray([.. written]);
        }

        answer["data"] = data;
        return answer.ToJsonString();
    }

    private void RunStep(FetchStep step)
    {
        var entries = new List<NaiveEntry>();
        foreach (var target in Walk(root, step.Path, 0, [], hidden: false))
        {
            if (target.Object.Type is null || (IsOf(step, target.Object.Type) && !step.InsteadOf.Any(id => HasKey(plan.Steps[id], target.Object))))
            {
                Enter(step, entries, target);
            }
        }

        var size = step.Kind == FetchKind.Root ? 1
            : step.Kind == FetchKind.Representations || step.Source.Batching.HasFlag(SourceBatching.Variables) ? options.MaxBatchSize
            : step.Source.Batching != SourceBatching.None ? options.MaxAliasBatchSize
            : 1;
        foreach (var batch in entries.Chunk(size))
        {
            Fetch(step, batch, entries.Count);
        }
    }

    private bool IsOf(FetchStep step, string type) => step.TargetTypes.Contains((ObjectType)plan.Supergraph.FullSchema.FindType(type)!);

    private bool HasKey(FetchStep step, NaiveObject target) => IsOf(step, target.Type!)
        && step.Inputs.All(input => !input.IsKey || new NaiveTemplates(step).Evaluate(input.Value, target, out _) == NaiveResult.Value);

    private static IEnumerable<(NaiveObject Object, object[] Path)> Walk(
        NaiveObject from, IReadOnlyList<ResultField> path, int depth, object[] at, bool hidden)
    {
        if (depth == path.Count)
        {
            return [(from, at)];
        }

        hidden |= path[depth].IsHidden;
        return WalkValue(from.Values.GetValueOrDefault(path[depth]), path, depth + 1, hidden ? at : [.. at, path[depth].Key], hidden);
    }

    private static IEnumerable<(NaiveObject Object, object[] Path)> WalkValue(
        NaiveValue? value, IReadOnlyList<ResultField> path, int depth, object[] at, bool hidden) => value switch
    {
        NaiveReference reference => Walk(reference.Value, path, depth, at, hidden),
        NaiveList list => list.Items.SelectMany((item, index) => WalkValue(item, path, depth, hidden ? at : [.. at, index], hidden)),
        _ => [],
    };

    private void Enter(FetchStep step, List<NaiveEntry> entries, (NaiveObject Object, object[] Path) target)
    {
        var values = new List<string>();
        var templates = new NaiveTemplates(step);
        foreach (var input in step.Inputs)
        {
            templates.Failure = null;
            templates.IsNoEntity = false;
            var result = templates.Evaluate(input.Value, target.Object, out var value);
            if (result == NaiveResult.Unfit && !input.IsKey)
            {
                templates.Failure ??= NaiveTemplates.Unfit(step, input.WhenUnfit!);
            }

            if (result != NaiveResult.Value && input.SkipsOnNull)
            {
                if (input.IsKey && plan.Steps.Any(next => next.InsteadOf.Contains(step.Id) && IsOf(next, target.Object.Type!)))
                {
                    return;
                }

                var why = templates.Failure;
                foreach (var before in step.InsteadOf.Where(_ => input.IsKey))
                {
                    _ = plan.Steps[before].Inputs.All(other => !other.IsKey || templates.Evaluate(other.Value, target.Object, out _) == NaiveResult.Value);
                }

                templates.Failure = why ?? templates.Failure;
                var isGone = input.WhenNull is null || (input.IsKey && templates.IsNoEntity);
                var failure = templates.Failure
                    ?? (isGone ? null : new NaiveFailure(step.Id, input.WhenNull!, input.IsKey ? "NULL_KEY" : "NON_NULL_VIOLATION"));
                Settle(step, target.Object, failure is null ? new NaiveNull(null) { IsNoEntity = true } : new NaiveFailed(failure, null));
                return;
            }

            if (templates.Failure is { } kept)
            {
                templates.Failed.Add((input.VariableName, kept));
            }

            values.Add(result == NaiveResult.Value ? value! : "null");
        }

        Enter(entries, target, values, FailRequiring(step, target.Object, templates.Failed));
    }

    // Who shares what is asked gets the whole answer: not where a field of the target has failed already.
    private static void Enter(List<NaiveEntry> entries, (NaiveObject Object, object[] Path) target, List<string> values, (bool Any, bool All) failing)
    {
        if (failing.All)
        {
            return;
        }

        var entry = failing.Any ? null : entries.Find(entry => !entry.IsAlone && entry.Type == target.Object.Type && entry.Values.SequenceEqual(values));
        if (entry is null)
        {
            entries.Add(entry = new NaiveEntry(values, target.Object.Type, []) { IsAlone = failing.Any });
        }

        entry.Targets.Add(target);
    }

    // What would be computed from a null that is not true fails too, whatever the source says.
    private (bool Any, bool All) FailRequiring(FetchStep step, NaiveObject target, List<(string Name, NaiveFailure Failure)> failed)
    {
        var reader = Reader(step, "", []);
        var fields = reader.FieldsFor(step.Selection, target.Shape, target.Type).ToList();
        var failing = fields.Where(field => failed.Exists(entry => field.Requires.Contains(entry.Name))).ToList();
        foreach (var field in failing)
        {
            reader.Settle(field, target, new NaiveFailed(failed.Find(entry => field.Requires.Contains(entry.Name)).Failure, null));
            target.Settled.Add(field.Target);
        }

        return (failing.Count > 0, failing.Count == fields.Count && failing.Count > 0);
    }

    private NaiveReader Reader(FetchStep step, object response, List<Action> fills) => new(plan.Supergraph, step, response, fills);

    // Of a response where there is one: what its errors turn out to say of the null is then told wherever the null was to go.
    private void Settle(FetchStep step, NaiveObject target, NaiveValue value, object? response = null)
    {
        var reader = Reader(step, response ?? "", []);
        foreach (var field in reader.FieldsFor(step.Selection, target.Shape, target.Type))
        {
            reader.Settle(field, target, value);
        }
    }

    private void Fetch(FetchStep step, NaiveEntry[] batch, int all)
    {
        var isSingle = all == 1 || batch.Length == 1 && !step.Source.Batching.HasFlag(SourceBatching.Aliases);
        var layout = new NaiveLayout(step, batch, isSingle && step.Kind == FetchKind.Lookup || batch.Length == 1 && step.Source.Batching == SourceBatching.None);
        var answer = script.Next(step.Source.Name, layout.Body());
        var failure = answer.Outcome switch
        {
            SubgraphOutcome.Received => null,
            SubgraphOutcome.TimedOut => new NaiveFailure(step.Id, "A source did not answer in time.", "GATEWAY_TIMEOUT"),
            SubgraphOutcome.RequestTimedOut => new NaiveFailure(step.Id, "The request took longer than allowed.", "REQUEST_TIMEOUT"),
            SubgraphOutcome.RequestTooLarge => new NaiveFailure(step.Id, "The request to a source is larger than allowed.", "SUBREQUEST_TOO_LARGE"),
            SubgraphOutcome.Refused => new NaiveFailure(step.Id, "Too many requests wait for a source. Send the request again later.", "SUBGRAPH_QUEUE_FULL"),
            SubgraphOutcome.ShuttingDown => new NaiveFailure(step.Id, "The gateway is shutting down. Send the request again.", "GATEWAY_SHUTTING_DOWN"),
            SubgraphOutcome.Unreadable => new NaiveFailure(step.Id, "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR"),
            SubgraphOutcome.TooLarge => new NaiveFailure(step.Id, "A source's answer is larger than allowed.", "SUBREQUEST_MALFORMED_RESPONSE"),
            _ => new NaiveFailure(step.Id, "A source could not be reached.", "SUBREQUEST_HTTP_ERROR"),
        };
        if (failure is null)
        {
            try
            {
                Read(step, layout, answer.Body);
                return;
            }
            catch (Exception exception) when (exception is MalformedException or JsonException or DecoderFallbackException)
            {
                failure = answer.Status is >= 200 and < 300
                    ? new NaiveFailure(step.Id, "A source's answer is no GraphQL response.", "SUBREQUEST_MALFORMED_RESPONSE")
                    : new NaiveFailure(step.Id, "A source answered with an error status.", "SUBREQUEST_HTTP_ERROR");
            }
        }

        foreach (var target in batch.SelectMany(entry => entry.Targets))
        {
            Settle(step, target.Object, new NaiveFailed(failure, null));
        }
    }

    private void Read(FetchStep step, NaiveLayout layout, byte[] body)
    {
        var text = new UTF8Encoding(false, true).GetString(body);
        var response = new object();
        var fills = new List<Action>();
        var reports = new List<Action>();
        foreach (var entry in layout.Entries)
        {
            entry.IsNull = entry.IsAnswered = false;
        }

        foreach (var envelope in layout.Envelopes(text))
        {
            ReadEnvelope(step, layout, envelope, response, fills, reports);
        }

        foreach (var entry in layout.Entries.Where(entry => !entry.IsAnswered))
        {
            var missing = new NaiveFailure(step.Id, "A source's answer lacks the entity.", "SUBREQUEST_MALFORMED_RESPONSE");
            fills.AddRange(entry.Targets.Select(target => (Action)(() => Settle(step, target.Object, new NaiveFailed(missing, null)))));
        }

        fills.ForEach(fill => fill());
        reports.ForEach(report => report());
    }

    private void ReadEnvelope(
        FetchStep step, NaiveLayout layout, NaiveEnvelope envelope, object response, List<Action> fills, List<Action> reports)
    {
        foreach (var (entry, json) in layout.ValuesIn(envelope))
        {
            if (entry.IsAnswered)
            {
                throw new MalformedException();
            }

            entry.IsAnswered = true;
            entry.IsNull = json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;
            foreach (var target in entry.Targets)
            {
                ReadTarget(step, entry, target.Object, json, response, fills);
            }
        }

        reports.Add(() => new NaiveErrors(plan, options, errorList, step, layout, envelope, response).Report());
    }

    private void ReadTarget(FetchStep step, NaiveEntry entry, NaiveObject target, JsonElement json, object response, List<Action> fills)
    {
        var reader = Reader(step, response, fills);
        if (entry.IsNull)
        {
            fills.Add(() => Settle(step, target, new NaiveNull(response) { IsNoEntity = true }, response));
            return;
        }

        var failed = json.ValueKind != JsonValueKind.Object ? reader.Failed(NaiveReader.WrongValue) : reader.ReadObject(step.Selection, target, json);
        if (failed is not null)
        {
            fills.Add(() => Settle(step, target, new NaiveFailed(failed.Failure, null), response));
        }
    }
}
