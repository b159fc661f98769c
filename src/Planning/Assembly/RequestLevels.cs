namespace GraphGateway.Planning;

/// <summary>
/// Says when each step goes, so that steps of one source can travel in one request. A step goes as early as it can, or later where that is
/// free: nothing waits for it, or only what waits for the later request anyway, or what waits for it can itself go later without being the last.
/// The answer is then complete when it would be otherwise, with a request less. Steps go after all that they depend on, so no two requests
/// wait for each other.
/// </summary>
/// <param name="depths">By step: how many steps follow each other up to it, itself included; 0 for a step that does not count.</param>
/// <param name="dependencies">By step: those that it waits for.</param>
/// <param name="calls">By step: equal for those that can travel together; <see cref="Alone"/> for one that goes alone.</param>
internal sealed class RequestLevels(int[] depths, List<int>[] dependencies, int[] calls)
{
    /// <summary>The call of a step that goes alone.</summary>
    public const int Alone = -1;

    private readonly int[] levels = [.. depths];
    private readonly int last = depths.Length == 0 ? 0 : depths.Max();
    private readonly Dictionary<(int Call, int Level), List<int>> groups = [];
    private List<int>[]? dependents;
    private int[]? latest;

    /// <summary>The steps that travel together, by what they call and when.</summary>
    public IReadOnlyCollection<List<int>> Groups => groups.Values;

    /// <summary>Finds the groups.</summary>
    public RequestLevels Assign()
    {
        for (var step = 0; step < calls.Length; step++)
        {
            if (calls[step] is >= 0 and var call)
            {
                if (!groups.TryGetValue((call, levels[step]), out var group))
                {
                    groups.Add((call, levels[step]), group = []);
                }

                group.Add(step);
            }
        }

        if (groups.Count <= 1)
        {
            return this;
        }

        // What is late first: then it is known how late those may be that it waits for.
        foreach (var (call, level) in NotTheLast())
        {
            Delay(call, level);
        }

        foreach (var (call, level) in NotTheLast())
        {
            DelayWithDependents(call, level);
        }

        return this;
    }

    // The groups of which the same call has a later one, the latest of them first.
    private List<(int Call, int Level)> NotTheLast()
    {
        var latestOf = new Dictionary<int, int>();
        foreach (var (call, level) in groups.Keys)
        {
            latestOf[call] = Math.Max(level, latestOf.GetValueOrDefault(call, level));
        }

        var found = new List<(int Call, int Level)>();
        foreach (var key in groups.Keys)
        {
            if (key.Level < latestOf[key.Call])
            {
                found.Add(key);
            }
        }

        found.Sort((a, b) => a.Level == b.Level ? groups[a][0].CompareTo(groups[b][0]) : b.Level.CompareTo(a.Level));
        return found;
    }

    // To the next later request of the same kind, all of the group or nobody: otherwise the request would be there anyway.
    private void Delay(int call, int level)
    {
        var group = groups[(call, level)];
        foreach (var later in LevelsAfter(call, level))
        {
            var target = groups[(call, later)];
            var waiting = new Dictionary<int, bool>();
            if (group.TrueForAll(step => IsFree(step, later, target, waiting)))
            {
                groups.Remove((call, level));
                target.AddRange(group);
                target.Sort();
                group.ForEach(step => levels[step] = later);
                return;
            }
        }
    }

    // The same where what waits for the group goes later as well, its requests as they are; but nothing goes later than the last step of all.
    private void DelayWithDependents(int call, int level)
    {
        if (!groups.TryGetValue((call, level), out var group))
        {
            return;
        }

        foreach (var later in LevelsAfter(call, level))
        {
            var moved = new SortedDictionary<int, int>();
            if (Raise(group[0], later, moved) && !groups[(call, later)].Exists(moved.ContainsKey))
            {
                foreach (var (step, to) in moved)
                {
                    Move(step, to);
                }

                return;
            }
        }
    }

    private List<int> LevelsAfter(int call, int level) =>
        [.. groups.Keys.Where(key => key.Call == call && key.Level > level).Select(static key => key.Level).Order()];

    private bool Raise(int step, int level, SortedDictionary<int, int> moved)
    {
        if (level > last)
        {
            return false;
        }

        foreach (var member in TogetherWith(step))
        {
            if (moved.GetValueOrDefault(member, levels[member]) < level)
            {
                latest ??= Latest();
                if (level > latest[member])
                {
                    return false;
                }

                moved[member] = level;
                dependents ??= Dependents();
                if (!dependents[member].TrueForAll(dependent => Raise(dependent, level + 1, moved)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // When each step goes at the latest, so that all that waits for it can go before the end. PERF: in a mutation all wait for each other, and none can go later.
    private int[] Latest()
    {
        dependents ??= Dependents();
        var times = new int[depths.Length];
        foreach (var step in Enumerable.Range(0, depths.Length).OrderByDescending(step => depths[step]))
        {
            times[step] = dependents[step].Count == 0 ? last : dependents[step].Min(dependent => times[dependent]) - 1;
        }

        return times;
    }

    private void Move(int step, int level)
    {
        if (calls[step] is >= 0 and var call)
        {
            var left = groups[(call, levels[step])];
            left.Remove(step);
            if (left.Count == 0)
            {
                groups.Remove((call, levels[step]));
            }

            var joined = groups.TryGetValue((call, level), out var there) ? there : groups[(call, level)] = [];
            joined.Add(step);
            joined.Sort();
        }

        levels[step] = level;
    }

    private List<int> TogetherWith(int step) => calls[step] is >= 0 and var call ? groups[(call, levels[step])] : [step];

    // Of a request's steps, by the first of them, it is noted whether they wait for the target.
    private bool IsFree(int step, int later, List<int> target, Dictionary<int, bool> waiting)
    {
        dependents ??= Dependents();
        foreach (var dependent in dependents[step])
        {
            if (levels[dependent] <= later)
            {
                return false;
            }

            var together = TogetherWith(dependent);
            if (!waiting.TryGetValue(together[0], out var waits))
            {
                var seen = new HashSet<int>();
                waiting.Add(together[0], waits = together.Exists(member => Reaches(member, target, seen)));
            }

            if (!waits)
            {
                return false;
            }
        }

        return true;
    }

    // Each step once: where steps wait for several, the ways back multiply.
    private bool Reaches(int step, List<int> target, HashSet<int> seen)
    {
        foreach (var dependency in dependencies[step])
        {
            if (target.Contains(dependency) || (seen.Add(dependency) && Reaches(dependency, target, seen)))
            {
                return true;
            }
        }

        return false;
    }

    private List<int>[] Dependents()
    {
        var lists = new List<int>[dependencies.Length];
        for (var step = 0; step < lists.Length; step++)
        {
            lists[step] = [];
        }

        for (var step = 0; step < lists.Length; step++)
        {
            if (depths[step] > 0)
            {
                dependencies[step].ForEach(dependency => lists[dependency].Add(step));
            }
        }

        return lists;
    }
}
