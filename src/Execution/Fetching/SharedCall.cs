using System.Runtime.InteropServices;

namespace GraphGateway.Execution;

/// <summary>Puts the entries of several steps into one call: one list for each document, equal entries of a list once.</summary>
internal static class SharedCall
{
    /// <summary>The call, or null when the steps have to travel alone: more entries than one request may have.</summary>
    public static (FetchCall Call, CompiledBatch? Batch)? Make(CompiledRequest request, StepRun[] runs, RequestBody bodies)
    {
        var batch = runs[0].Step.Step.Document.Entities is null ? null : request.BatchOf(runs);
        var items = new List<CallItem>();
        var shared = new List<(int Position, CallItem Item)>();
        var lists = batch?.Source.Variables.Length ?? 1;
        var ends = new int[lists];
        for (var list = 0; list < lists; list++)
        {
            var positions = new Dictionary<EntryKey, int>();
            for (var i = 0; i < runs.Length; i++)
            {
                if (batch is null || batch.Source.ListOf[i] == list)
                {
                    Add(runs[i], positions, items, shared);
                }
            }

            ends[list] = items.Count;
        }

        Chain(items, shared);
        var mode = batch is null ? RequestBody.ModeOf(runs[0], ends[^1]) : lists > 1 ? FetchMode.EntityLists : FetchMode.Representations;
        return bodies.IsOneRequest(mode, runs[0].Step, CollectionsMarshal.AsSpan(items)[..ends[^1]]) ? (new FetchCall(runs, mode, items, ends), batch) : null;
    }

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
