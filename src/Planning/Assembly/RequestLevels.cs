namespace GraphGateway.Planning;

/// <summary>
/// Says when each step goes, so that steps of one source can travel in one request. A step goes as early as it can, or later where that is
/// free: nothing waits for it, or only what waits for the later request anyway. The answer is then complete when it would be otherwise, with
/// a request less. Steps go after all that they depend on, so no two requests wait for each other.
/// </summary>
/// <param name="depths">By step: how many steps follow each other up to it, itself included; 0 for a step that does not count.</param>
/// <param name="dependencies">By step: those that it waits for.</param>
/// <param name="calls">By step: equal for those that can travel together; null for one that goes alone.</param>
internal sealed class RequestLevels(int[] depths, List<int>[] dependencies, object?[] calls)
{
    private readonly int[] levels = [.. depths];
    private readonly Dictionary<(object Call, int Level), List<int>> groups = [];
    private List<int>[]? dependents;

    /// <summary>The steps that travel together, by what they call and when.</summary>
    public IReadOnlyCollection<List<int>> Groups => groups.Values;

    /// <summary>Finds the groups.</summary>
    public RequestLevels Assign()
    {
        for (var step = 0; step < calls.Length; step++)
        {
            if (calls[step] is { } call)
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
        foreach (var ofCall in groups.Keys.GroupBy(key => key.Call).Where(keys => keys.Skip(1).Any())
            .SelectMany(keys => keys.Select(key => key.Level).OrderDescending().Skip(1).Select(level => (keys.Key, level)))
            .OrderByDescending(key => key.level).ThenBy(key => groups[key][0]).ToList())
        {
            Delay(ofCall.Key, ofCall.level);
        }

        return this;
    }

    // To the next later request of the same kind, all of the group or nobody: otherwise the request would be there anyway.
    private void Delay(object call, int level)
    {
        var group = groups[(call, level)];
        foreach (var later in groups.Keys.Where(key => Equals(key.Call, call) && key.Level > level).Select(key => key.Level).Order().ToList())
        {
            var target = groups[(call, later)];
            if (group.TrueForAll(step => IsFree(step, later, target)))
            {
                groups.Remove((call, level));
                target.AddRange(group);
                target.Sort();
                group.ForEach(step => levels[step] = later);
                return;
            }
        }
    }

    private bool IsFree(int step, int later, List<int> target)
    {
        dependents ??= Dependents();
        foreach (var dependent in dependents[step])
        {
            var together = calls[dependent] is { } call ? groups[(call, levels[dependent])] : [dependent];
            if (levels[dependent] <= later || !together.Exists(member => Reaches(member, target)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Reaches(int step, List<int> target)
    {
        foreach (var dependency in dependencies[step])
        {
            if (target.Contains(dependency) || Reaches(dependency, target))
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
