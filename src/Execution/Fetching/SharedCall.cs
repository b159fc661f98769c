using System.Runtime.InteropServices;

namespace GraphGateway.Execution;

/// <summary>Puts the entries of several steps into one call: one list for each document, equal entries of a list once.</summary>
internal static class SharedCall
{
    /// <summary>
    /// The calls, each with the steps that it answers; null for steps that have to travel alone. Mostly one call: only where one request may not have so
    /// many entries, the documents are divided among several.
    /// </summary>
    public static IEnumerable<(StepRun[] Runs, (FetchCall Call, CompiledBatch? Batch)? Shared)> MakeAll(CompiledRequest request, StepRun[] runs, RequestBody bodies)
    {
        if (runs.Length == 1)
        {
            return [(runs, null)];
        }

        var batch = runs[0].Step.Step.Document.Entities is null ? null : request.BatchOf(runs);
        List<StepRun[]> lists = batch is not null
            ? [.. runs.Select((run, i) => (run, List: batch.ListOf[i])).GroupBy(item => item.List, item => item.run).OrderBy(list => list.Key).Select(list => list.ToArray())]
            : [.. runs.GroupBy(run => run.Step.DocumentNumber).Select(list => list.ToArray())];
        if (Make(request, runs, lists, batch, bodies) is { } shared)
        {
            return [(runs, shared)];
        }

        var half = lists.Count / 2;
        return half == 0 ? [(runs, null)]
            : MakeAll(request, InOrder(lists[..half]), bodies).Concat(MakeAll(request, InOrder(lists[half..]), bodies));
    }

    private static StepRun[] InOrder(List<StepRun[]> lists) => [.. lists.SelectMany(list => list).OrderBy(run => run.Step.Step.Id)];

    private static (FetchCall Call, CompiledBatch? Batch)? Make(CompiledRequest request, StepRun[] runs, List<StepRun[]> lists, CompiledBatch? batch, RequestBody bodies)
    {
        var items = new List<CallItem>();
        var shared = new List<(int Position, CallItem Item)>();
        var ends = new int[lists.Count];
        for (var list = 0; list < lists.Count; list++)
        {
            var positions = new Dictionary<EntryKey, int>();
            foreach (var run in lists[list])
            {
                Add(run, positions, items, shared);
            }

            ends[list] = items.Count;
        }

        Chain(items, shared);
        var mode = batch is null ? RequestBody.ModeOf(runs[0], ends[^1], lists.Count) : lists.Count > 1 ? FetchMode.EntityLists : FetchMode.Representations;
        if (!bodies.IsOneRequest(mode, CollectionsMarshal.AsSpan(items)[..ends[^1]]))
        {
            return null;
        }

        return batch is null && lists.Count > 1
            ? (new FetchCall(runs, mode, items, [ends[^1]]), mode == FetchMode.AliasBatch ? request.BatchOf(Counted(lists, ends)) : null)
            : (new FetchCall(runs, mode, items, ends), batch);
    }

    private static List<(CompiledStep Step, int Count)> Counted(List<StepRun[]> lists, int[] ends) =>
        [.. lists.Select((list, i) => (list[0].Step, i == 0 ? ends[0] : ends[i] - ends[i - 1]))];

    private static void Add(StepRun run, Dictionary<EntryKey, int> positions, List<CallItem> items, List<(int Position, CallItem Item)> shared)
    {
        for (var entry = 0; entry < run.EntryCount; entry++)
        {
            var item = new CallItem(run, entry, -1);
            if (positions.TryAdd(new EntryKey(run, entry), items.Count))
            {
                items.Add(item);
            }
            else
            {
                shared.Add((positions[new EntryKey(run, entry)], item));
            }
        }
    }

    // The first items are the positions'; the others hang on them.
    private static void Chain(List<CallItem> items, List<(int Position, CallItem Item)> shared)
    {
        foreach (var (position, item) in shared)
        {
            var index = items.Count;
            items.Add(item with { Next = items[position].Next });
            CollectionsMarshal.AsSpan(items)[position] = items[position] with { Next = index };
        }
    }

    /// <summary>Two entries are equal when what they send is, byte for byte.</summary>
    private readonly struct EntryKey(StepRun run, int entry) : IEquatable<EntryKey>
    {
        private readonly StepRun run = run;
        private readonly int entry = entry;

        public bool Equals(EntryKey other) => run.AllValues(entry).SequenceEqual(other.run.AllValues(other.entry));

        public override bool Equals(object? obj) => obj is EntryKey other && Equals(other);

        public override int GetHashCode() => (int)ByteHash.Of(run.AllValues(entry));
    }
}
