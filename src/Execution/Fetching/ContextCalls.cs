namespace GraphGateway.Execution;

/// <summary>
/// Puts the entries of a step that takes values from contexts into calls. Such a value is an argument inside the selection, a variable of the
/// whole list: entries with the same values form one list of entities, and several lists travel in one request, each under an alias.
/// </summary>
internal static class ContextCalls
{
    /// <summary>The calls, with the lists in the order in which their values came up.</summary>
    public static List<FetchCall> Make(StepRun run, RequestBody bodies)
    {
        var calls = new List<FetchCall>();
        var (items, ends, bytes) = (new List<CallItem>(), new List<int>(), 0L);
        foreach (var list in Lists(run))
        {
            ends.Add(items.Count);
            foreach (var item in list)
            {
                bytes += run.AllValues(item.Entry).Length;
                if (items.Count > 0 && !bodies.HasRoom(run.Step, items.Count + 1, ends.Count, bytes))
                {
                    calls.Add(Call(run, items, ends));
                    (items, ends, bytes) = ([], [0], run.AllValues(item.Entry).Length);
                }

                items.Add(item);
                ends[^1] = items.Count;
            }
        }

        calls.Add(Call(run, items, ends));
        return calls;
    }

    // The last list may have gone to the next call as a whole.
    private static FetchCall Call(StepRun run, List<CallItem> items, List<int> ends)
    {
        if (ends.Count > 1 && ends[^2] == ends[^1])
        {
            ends.RemoveAt(ends.Count - 1);
        }

        return new FetchCall([run], ends.Count > 1 ? FetchMode.EntityLists : FetchMode.Representations, items, [.. ends]);
    }

    private static List<List<CallItem>> Lists(StepRun run)
    {
        var lists = new List<List<CallItem>>();
        var byValues = new Dictionary<Values, List<CallItem>>();
        for (var entry = 0; entry < run.EntryCount; entry++)
        {
            var values = new Values(run, entry);
            if (!byValues.TryGetValue(values, out var list))
            {
                byValues.Add(values, list = []);
                lists.Add(list);
            }

            list.Add(new CallItem(run, entry, -1));
        }

        return lists;
    }

    /// <summary>What comes from contexts for an entry: equal when it is, byte for byte.</summary>
    private readonly struct Values(StepRun run, int entry) : IEquatable<Values>
    {
        private readonly StepRun run = run;
        private readonly int entry = entry;

        public bool Equals(Values other)
        {
            for (var input = 1; input < run.Step.Inputs.Length; input++)
            {
                if (!run.Value(entry, input).SequenceEqual(run.Value(other.entry, input)))
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is Values other && Equals(other);

        public override int GetHashCode()
        {
            var hash = 0;
            for (var input = 1; input < run.Step.Inputs.Length; input++)
            {
                hash = HashCode.Combine(hash, ByteHash.Of(run.Value(entry, input)));
            }

            return hash;
        }
    }
}
