using System.Globalization;
using System.Text.Json;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Differential;

/// <summary>
/// Judges whether an object had a key by which its field's source could have been asked, where the gateway says that it had none: from the data and from
/// what the sources say of themselves, and from who was asked before by the plan's steps. It knows neither the planner's keys nor what its verifier thinks
/// of them. What counts is what <c>docs/status.md</c> says: a key that the same call takes, and that is there without a fetch of its own.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="plan">The plan that was run.</param>
/// <param name="objects">The objects of the answer by their places, as the single server met them; the root's place is empty.</param>
/// <param name="answer">What the single server answers.</param>
internal sealed class KeyOracle(World world, QueryPlan plan, IReadOnlyDictionary<string, WorldObject> objects, ClientAnswer answer)
{
    private static readonly Dictionary<string, object?> NoArguments = [];

    private readonly WorldData data = new(world);
    private readonly int[] depths = Depths(plan);

    /// <summary>What is wrong about an error that says that there was no key; null when there was none.</summary>
    /// <param name="path">The error's path.</param>
    /// <param name="message">What it says.</param>
    public string? Problem(string path, string message)
    {
        if (IsUntold(path, message))
        {
            return null;
        }

        var keys = path.Split('/').Where(IsName).ToList();
        var here = plan.Steps.Where(step => step.Path.Select(field => field.Key).SequenceEqual(keys.SkipLast(1))).ToList();
        if (Chain(path) is not { } chain)
        {
            // Where an error takes away what is around them, the single server need not resolve the rest (Spec §6.4.4).
            return IsCutOff(path) ? null : $"{path}: no object was there at all";
        }

        // Of objects below others than these a step of the same names may be.
        here.RemoveAll(step => step.Path.Index().Skip(1).Any(field => !field.Item.AppliesTo.Contains(OrdinalOf(chain[field.Index]))));

        // The gateway asks for a type where the objects came without one alone.
        if (keys[^1] == "__typename" && !here.Exists(step => step.Selection.TellsRuntimeType && ComesWithoutType(step)))
        {
            return $"{path}: nobody had to tell the type";
        }

        foreach (var step in here)
        {
            var filled = step.Selection.Fields.FirstOrDefault(field => field.Target.Key == keys[^1] && field.AppliesTo.Contains(OrdinalOf(chain[^1])));
            if (filled is not null && HasContexts(step, chain) && WholeKey(step, chain) is { } key && (filled.Requires.IsEmpty || !IsWithoutRequired(step, chain, message)))
            {
                return $"{path}: {chain[^1]} could be asked of {step.Source.Name} by {key}, and yet: {message}";
            }
        }

        return null;
    }

    // What an object in an interface's place is only the interface's home tells: an object without a key of the interface has its error in its own place.
    private bool IsUntold(string path, string message) => Chain(path + "/__typename") is { } chain && plan.Steps.Any(step => step.Selection.TellsRuntimeType
        && step.Path.Select(field => field.Key).SequenceEqual(path.Split('/').Where(IsName)) && step.Inputs.Any(input => input.IsKey && input.WhenNull == message)
        && ComesWithoutType(step) && InterfaceKeys(step, chain[^1]).All(key => key.Any(name => data.Follow(chain[^1], [.. name.Split('.').Select(part => new PathStep(part, "", NoArguments))]) is null)));

    // The selections by which the step's source finds an object whose type is not known: of interfaces that all objects of the place have.
    private IEnumerable<List<string>> InterfaceKeys(FetchStep step, WorldObject value) => SourceOf(step)?.Types.Values
        .Where(type => type is { Kind: WorldKind.Interface, IsInterfaceObject: false } && world.Types[type.Name].Possible is var all && all.Contains(value.TypeName)
            && world.Types[step.Path[^1].Definition.Type.Named.Name].Possible.TrueForAll(all.Contains))
        .SelectMany(type => type.ResolvableByKey.Where(key => key.Value)).Select(key => KeyText.Paths(key.Key)) ?? [];

    // Where objects of other types set a context, another step asks with what they give.
    private bool HasContexts(FetchStep step, List<WorldObject> chain) => step.Inputs.Select(input => input.Value).OfType<ContextTemplate>()
        .All(context => context.Alternatives.Any(alternative => alternative.AppliesTo.Contains(OrdinalOf(chain[alternative.Depth]))));

    // What the field requires has no key itself: at the same object, at those below that it leads to, or where a context is set.
    private bool IsWithoutRequired(FetchStep step, List<WorldObject> chain, string message) =>
        plan.Steps.Where(other => IsBefore(other, step) && other.Inputs.Any(input => input.IsKey && input.WhenNull == message)).Any(other =>
        {
            var common = step.Path.Zip(other.Path).TakeWhile(pair => pair.First == pair.Second).Count();
            return Below(chain[..(common + 1)], other.Path[common..]).Any(below => other.TargetTypes.Contains(OrdinalOf(below[^1])) && WholeKey(other, below) is null);
        });

    private IEnumerable<List<WorldObject>> Below(List<WorldObject> chain, IEnumerable<ResultField> fields)
    {
        IEnumerable<List<WorldObject>> all = [chain];
        foreach (var field in fields)
        {
            all = all.SelectMany(above => ObjectsOf(ValueOf(above[^1], field)).Select(one => (List<WorldObject>)[.. above, one])).ToList();
        }

        return all;
    }

    private object? ValueOf(WorldObject parent, ResultField field) => world.Types[parent.TypeName].Fields.TryGetValue(field.Definition.Name, out var own)
        ? data.ValueOf(parent, own, own.Arguments.Where(argument => argument.Default is not null).ToDictionary(argument => argument.Name, argument => argument.DefaultValue, StringComparer.Ordinal))
        : null;

    private static IEnumerable<WorldObject> ObjectsOf(object? value) => value switch
    {
        WorldObject one => [one],
        List<object?> list => list.SelectMany(ObjectsOf),
        _ => [],
    };

    // A key of the last object that the step's call takes, that has no null in it, and that steps before give, to whom the object is known; null when there is none.
    private string? WholeKey(FetchStep step, List<WorldObject> chain) => ComesWithoutType(step) ? null
        : KeysOf(step, chain[^1]).Where(key => key.TrueForAll(path => data.Follow(chain[^1], [.. path.Split('.').Select(name => new PathStep(name, "", NoArguments))]) is not null))
            .Where(key => key.GroupBy(path => path.Split('.')[0]).All(part => plan.Steps.Any(giver => IsEarlier(giver, step)
                && part.All(path => Gives(SourceOf(giver), chain[^1].TypeName, path.Split('.'))) && Has(giver, step.Path.AsSpan(), chain))))
            .Select(key => string.Join(' ', key)).FirstOrDefault();

    // Where the objects came from one that knows them by their interface alone, what they are is told later.
    private bool ComesWithoutType(FetchStep step)
    {
        var first = plan.Steps.FirstOrDefault(giver => giver.Path.Length < step.Path.Length && LeadsTo(giver, step.Path.AsSpan()));
        return first is not null && SourceOf(first) is { } source && source.Types.Values.Any(type => IsTypeAbove(type.Name, step.Path[^1])
            && type.Fields.TryGetValue(step.Path[^1].Definition.Name, out var field) && source.Types.GetValueOrDefault(field.Type.Trim('[', ']', '!')) is { IsInterfaceObject: true });
    }

    // What the field leads on from may be a union or an interface, where the source has the field of one of its objects.
    private bool IsTypeAbove(string name, ResultField field) =>
        plan.Supergraph.FullSchema.FindType(name) is CompositeType type && type.PossibleTypes.Overlaps(field.AppliesTo);

    // The selections by which the call of a step finds objects of the type, each as its leaves.
    private IEnumerable<List<string>> KeysOf(FetchStep step, WorldObject value)
    {
        var source = SourceOf(step);
        if (step.Kind == FetchKind.Representations)
        {
            return NamesOf(source, step, value.TypeName)
                .Select(type => type.ResolvableByKey.Where(key => key.Value).Select(key => key.Key))
                .Aggregate((IEnumerable<string>?)null, (all, keys) => all?.Intersect(keys) ?? keys)?.Select(KeyText.Paths) ?? [];
        }

        var lookup = source?.Types.Values.SelectMany(type => type.Fields.Values).FirstOrDefault(field => step.Kind == FetchKind.Lookup && field.Field.Name == step.Document.LookupPath[^1])?.Field;
        return lookup is null ? []
            : lookup.Arguments is [var only]
                ? only.Matches.Where(match => match is not [var (name, _)] || !lookup.Results.Exists(other => other != value.TypeName && name == "by" + other))
                    .Select(match => match.ConvertAll(part => part.Path))
                : [lookup.Arguments.SelectMany(argument => argument.Matches[0].Select(part => part.Path)).ToList()];
    }

    // What the source knows the objects as. It may have one in the place of each of two interfaces: then what is asked of them tells which is meant.
    private IEnumerable<SourceType> NamesOf(WorldSource? source, FetchStep step, string type) => source is null ? []
        : source.Types.TryGetValue(type, out var own) ? [own]
        : source.Types.Values.Where(other => other.IsInterfaceObject && world.Types[other.Name].Possible.Contains(type)
            && step.Selection.Fields.All(field => other.Fields.ContainsKey(field.Target.Definition.Name)));

    // By itself, and without being given anything.
    private bool Gives(WorldSource? source, string type, ReadOnlySpan<string> path) => path.IsEmpty
        || (source?.Types.GetValueOrDefault(type)?.Fields.GetValueOrDefault(path[0]) is { IsExternal: false } field
            && (!field.IsOverridden || field.OverriddenLabel is { } label && !world.ActiveLabels.Contains(label))
            && (field.OverrideLabel is not { } own || world.ActiveLabels.Contains(own))
            && Gives(source, field.Field.Named, path[1..]));

    // The step asked for the object itself, by a key that it had, or its answer led there.
    private bool Has(FetchStep step, ReadOnlySpan<ResultField> place, List<WorldObject> chain) => step.Path.Length == place.Length
        ? step.Path.AsSpan().SequenceEqual(place) && step.TargetTypes.Contains(OrdinalOf(chain[^1]))
            && step.Selection.Fields.Any(field => field.Requires.IsEmpty) && !data.IsUnknown(chain[^1]) && (step.Kind == FetchKind.Root || WholeKey(step, chain) is not null)
        : LeadsTo(step, place) && Has(step, place[..step.Path.Length], chain[..(step.Path.Length + 1)]);

    private static bool LeadsTo(FetchStep step, ReadOnlySpan<ResultField> place)
    {
        if (step.Path.Length >= place.Length || !step.Path.AsSpan().SequenceEqual(place[..step.Path.Length]))
        {
            return false;
        }

        var selection = (FetchSelectionSet?)step.Selection;
        foreach (var field in place[step.Path.Length..])
        {
            selection = selection?.Fields.FirstOrDefault(inner => inner.Target == field)?.Selection;
        }

        return selection is not null;
    }

    private bool IsEarlier(FetchStep one, FetchStep other) => depths[one.Id] < depths[other.Id];

    private bool IsBefore(FetchStep one, FetchStep other) => other.DependsOn.Any(id => id == one.Id || IsBefore(one, plan.Steps[id]));

    private WorldSource? SourceOf(FetchStep step) => world.Sources.Find(source => source.Name == step.Source.Name);

    private int OrdinalOf(WorldObject value) => ((ObjectType)plan.Supergraph.FullSchema.FindType(value.TypeName)!).Ordinal;

    // The objects from the root to the one that an error's last field is of.
    private List<WorldObject>? Chain(string path)
    {
        var segments = path.Split('/');
        List<WorldObject> chain = [objects[""]];
        for (var end = 1; end < segments.Length; end++)
        {
            if (IsName(segments[end]))
            {
                if (!objects.TryGetValue(string.Join('/', segments[..end]), out var found))
                {
                    return null;
                }

                chain.Add(found);
            }
        }

        return chain;
    }

    // A null above the place, in whose place or below which there is an error.
    private bool IsCutOff(string path)
    {
        using var data = JsonDocument.Parse(answer.Data);
        var (at, above) = (data.RootElement, "");
        foreach (var segment in path.Split('/'))
        {
            if (at.ValueKind == JsonValueKind.Null)
            {
                return answer.ErrorPaths.Any(error => above.Length == 0 || error == above || error.StartsWith(above + "/", StringComparison.Ordinal));
            }

            if (at.ValueKind == JsonValueKind.Array)
            {
                at = at[int.Parse(segment, CultureInfo.InvariantCulture)];
            }
            else if (!at.TryGetProperty(segment, out at))
            {
                return false;
            }

            above = above.Length == 0 ? segment : $"{above}/{segment}";
        }

        return false;
    }

    private static bool IsName(string segment) => !int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    // The gateway itself answers at once.
    private static int[] Depths(QueryPlan plan)
    {
        var depths = new int[plan.Steps.Length];
        foreach (var step in plan.Steps)
        {
            depths[step.Id] = step.Source.IsGateway ? 0 : 1 + step.DependsOn.Select(id => depths[id]).DefaultIfEmpty().Max();
        }

        return depths;
    }
}
