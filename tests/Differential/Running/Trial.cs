using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TestKit;

namespace GraphGateway.Differential;

/// <summary>What a trial came to.</summary>
/// <param name="Kind">Empty when all is well; else what is wrong, in a word or two.</param>
/// <param name="Detail">For people.</param>
/// <param name="Plan">The plan, when there is one.</param>
internal sealed record Outcome(string Kind, string Detail, QueryPlan? Plan)
{
    /// <summary>The request itself is not valid: the generator's fault.</summary>
    public const string Invalid = "invalid request";

    /// <summary>What happened while it ran.</summary>
    public IReadOnlySet<string> Events { get; init; } = new HashSet<string>();

    public bool IsMismatch => Kind.Length > 0 && Kind != Invalid;
}

/// <summary>
/// One request to a federation and to the single server, without faults and with them. Each time the sources' answers come in another order,
/// by seeds that follow from the request.
/// </summary>
internal sealed class Trial(World world, Federation federation, ClientRequest request)
{
    // Runs without faults, where any order must give the same.
    private const int Orders = 3;

    /// <summary>Entities were taken over, and less was asked for it.</summary>
    public const string Reuse = "entities taken over";

    /// <summary>Some objects had no key by which their source could be asked.</summary>
    public const string NoKey = "an object without a key";

    private readonly List<AnswerOrder> orders = [];
    private readonly HashSet<string> events = new(StringComparer.Ordinal);

    public async Task<Outcome> RunAsync()
    {
        federation.Forms.Clear();
        var outcome = await CheckAsync();
        events.UnionWith(federation.Forms);
        Note("an answer overtook another", orders.Exists(order => order.Overtaken > 0));
        return outcome with { Events = events };
    }

    private async Task<Outcome> CheckAsync()
    {
        var (plan, operation, variables, problem) = federation.Plan(request);
        if (plan is null)
        {
            return new Outcome(Outcome.Invalid, problem!, null);
        }

        if (federation.Verify(plan) is { IsEmpty: false } problems)
        {
            return new Outcome("the verifier complains", string.Join('\n', problems), plan);
        }

        if (plan.Unservable.Any(field => field.Cause == UnservableCause.NoSource))
        {
            return new Outcome("unservable", string.Join('\n', plan.Unservable.Select(field => field.Detail)), plan);
        }

        Task<ClientAnswer> Plain(Faults faults) => federation.ExecuteAsync(plan, operation!, variables!, faults, NextOrder());
        federation.Log.Take();
        federation.SingleLog.Take();
        var met = world.Types.Values.Any(type => type.HasNullKeys) ? new Dictionary<string, WorldObject>(StringComparer.Ordinal) : null;
        var expected = await federation.ExecuteSingleAsync(request, Faults.None, met);
        var toWrite = federation.SingleLog.Take();
        for (var i = 0; i < Orders; i++)
        {
            var answer = await Plain(Faults.None);
            if (HadKey(plan, answer, expected, met) is { } wrong)
            {
                return wrong;
            }

            if (await WithoutKeysAsync(answer, expected) is var same && !IsSame(answer, same))
            {
                return Mismatch("wrong data", plan, answer, same);
            }

            // Where a write's error has made all data null, the next ones may run or not (Spec §6.4.4).
            if (federation.Log.Take() is var written && written != toWrite && !(expected.Data == "null" && written.StartsWith(toWrite, StringComparison.Ordinal)))
            {
                return new Outcome("wrong writes", $"written:   {written}\nexpected:  {toWrite}\n{Order}", plan);
            }
        }

        // The same with entities taken over from where they are already; where that spares nothing it is the same run.
        Task<ClientAnswer> Reusing(Faults faults) => federation.ExecuteAsync(plan, operation!, variables!, faults, NextOrder(), reuses: true);
        return await FailAsync(plan, expected, Plain)
            ?? (plan.Operation.Kind == OperationType.Mutation || await TrafficAsync(Plain) == await TrafficAsync(Reusing)
                ? new Outcome("", "", plan)
                : await ReuseAsync(plan, expected, met, Reusing));
    }

    private async Task<Outcome> ReuseAsync(
        QueryPlan plan, ClientAnswer expected, Dictionary<string, WorldObject>? met, Func<Faults, Task<ClientAnswer>> executeAsync)
    {
        for (var i = 0; i < Orders; i++)
        {
            var reused = await executeAsync(Faults.None);
            if (HadKey(plan, reused, expected, met) is { } wrong)
            {
                return wrong;
            }

            if (await WithoutKeysAsync(reused, expected) is var same && !IsSame(reused, same))
            {
                return Mismatch("wrong data with entities taken over", plan, reused, same);
            }
        }

        events.Add(Reuse);
        return await FailAsync(plan, expected, executeAsync) ?? new Outcome("", "", plan);
    }

    private Outcome? HadKey(QueryPlan plan, ClientAnswer answer, ClientAnswer expected, Dictionary<string, WorldObject>? met)
    {
        if (answer.WithoutKey.IsEmpty || met is null)
        {
            return null;
        }

        var oracle = new KeyOracle(world, plan, met, expected);
        var problems = answer.WithoutKey.Select(error => oracle.Problem(error.Path, error.Message)).OfType<string>().ToList();
        return problems.Count == 0 ? null : new Outcome("a key was there", $"{string.Join('\n', problems)}\n{answer.Text}\n{Order}\n\n{string.Join('\n', federation.Traffic)}", plan);
    }

    // The single server needs no key: it fails where an object had none by which its source could be asked, which KeyOracle has
    // seen to. Which of two sources that have a field told it, or had no key, hangs on the order.
    private async Task<ClientAnswer> WithoutKeysAsync(ClientAnswer answer, ClientAnswer expected)
    {
        if (answer.WithoutKey.IsEmpty || !world.Types.Values.Any(type => type.HasNullKeys))
        {
            return expected;
        }

        events.Add(NoKey);
        var same = await federation.ExecuteSingleAsync(request, Faults.None with { Paths = answer.WithoutKey.Select(error => FailingPath(error.Path)).ToHashSet(StringComparer.Ordinal) });
        federation.SingleLog.Take();
        return same;
    }

    // Of several values that take one place away, one or each may have an error (Spec §6.4.4).
    private static bool IsSame(ClientAnswer left, ClientAnswer right) => left.Data == right.Data && left.NullPlaces().SetEquals(right.NullPlaces());

    private void Note(string happened, bool has)
    {
        if (has)
        {
            events.Add(happened);
        }
    }

    private AnswerOrder NextOrder()
    {
        orders.Add(new AnswerOrder((int)Hashing.Of($"{request.Query} {orders.Count}")));
        return orders[^1];
    }

    private string Order => $"answers came in the order of seed {orders[^1].Seed}";

    // With failing fields and requests; null when all is well.
    private async Task<Outcome?> FailAsync(QueryPlan plan, ClientAnswer expected, Func<Faults, Task<ClientAnswer>> executeAsync)
    {
        var faults = new Faults(Hashing.Of(request.Query));
        if (!world.HasStricterSources)
        {
            var failing = faults with { FieldPercent = 25 };
            var faulty = await executeAsync(failing);
            Note("a field failed", faulty.ErrorPaths.Length > expected.ErrorPaths.Length);
            Note("a null took what is around it along", faulty.ErrorPaths.Any(path => faulty.NullPlaceOf(path).Length < path.Length));
            if (events.Contains(NoKey) || plan.Steps.Any(HasRequirement))
            {
                // What is computed from what a failing neighbour took away fails too: that a single server computes from its own.
                failing = failing with { Paths = faulty.ErrorPaths.Select(FailingPath).ToHashSet(StringComparer.Ordinal) };
            }

            var single = await federation.ExecuteSingleAsync(request, failing);
            if (faulty.Data != single.Data || Unexplained(expected, faulty) is not null)
            {
                return Mismatch($"wrong data with failing fields {Unexplained(expected, faulty)}", plan, faulty, single);
            }
        }

        // Where the gateway reports an error, the single server is made to fail: then both must be the same. A null without an error shows.
        var broken = await executeAsync(faults with { RequestPercent = 30 });
        Note("a request failed", broken.ErrorPaths.Length > expected.ErrorPaths.Length);
        var same = await federation.ExecuteSingleAsync(request, faults with { Paths = broken.ErrorPaths.Select(FailingPath).ToHashSet(StringComparer.Ordinal) });
        return broken.Data == same.Data ? null : Mismatch("wrong data with failing requests", plan, broken, same);
    }

    // How much is sent to and fro.
    private async Task<int> TrafficAsync(Func<Faults, Task<ClientAnswer>> executeAsync)
    {
        await executeAsync(Faults.None);
        return federation.Traffic.Sum(line => line.Length);
    }

    private static bool HasRequirement(FetchStep step) => step.Selection.Fields.Any(field => !field.Requires.IsEmpty);

    // No resolver gives __typename: the object around it fails instead, which is where a null would go up to.
    private static string FailingPath(string path) =>
        path.EndsWith("/__typename", StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : path;

    private Outcome Mismatch(string kind, QueryPlan plan, ClientAnswer answer, ClientAnswer expected) =>
        new(kind, $"answer:   {answer.Text}\nexpected: {expected.Text}\n{Order}\n\n{string.Join('\n', federation.Traffic)}", plan);

    // A place that has become null, and no error says why.
    internal static string? Unexplained(ClientAnswer whole, ClientAnswer faulty)
    {
        using var before = JsonDocument.Parse(whole.Data);
        using var after = JsonDocument.Parse(faulty.Data);
        return Find(before.RootElement, after.RootElement, "", faulty);
    }

    private static string? Find(JsonElement before, JsonElement after, string path, ClientAnswer faulty)
    {
        if (after.ValueKind == JsonValueKind.Null)
        {
            var isExplained = before.ValueKind == JsonValueKind.Null
                || faulty.ErrorPaths.Any(error => error == path || path.Length == 0 || error.StartsWith(path + "/", StringComparison.Ordinal));
            return isExplained ? null : path;
        }

        if (after.ValueKind == JsonValueKind.Array && before.ValueKind == JsonValueKind.Array)
        {
            return before.EnumerateArray().Zip(after.EnumerateArray())
                .Select((pair, index) => Find(pair.First, pair.Second, $"{path}/{index}".TrimStart('/'), faulty)).FirstOrDefault(found => found is not null);
        }

        return after.ValueKind != JsonValueKind.Object || before.ValueKind != JsonValueKind.Object ? null
            : before.EnumerateObject().Where(member => after.TryGetProperty(member.Name, out _))
                .Select(member => Find(member.Value, after.GetProperty(member.Name), $"{path}/{member.Name}".TrimStart('/'), faulty))
                .FirstOrDefault(found => found is not null);
    }
}
