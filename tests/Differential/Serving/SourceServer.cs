using GraphGateway.Language;
using GraphGateway.Subgraphs.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GraphGateway.Differential;

/// <summary>One source, served from the world's data. It refuses what the gateway has no right to ask of it.</summary>
internal sealed class SourceServer
{
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    private readonly World world;
    private readonly WorldSource source;
    private readonly WorldData data;
    private readonly MutationLog log;
    private readonly HashSet<(string Type, string Field)> asked;
    private readonly GraphQLServer server;

    public SourceServer(World world, WorldSource source, MutationLog log, HashSet<(string Type, string Field)> asked)
    {
        this.world = world;
        this.source = source;
        this.log = log;
        this.asked = asked;
        data = new WorldData(world);
        var builder = new GraphQLServerBuilder().AddSchema(SourceSdl.PrintForServer(source), source.Name).ResolveOthers(context => new ValueTask<object?>(Resolve(context)));
        foreach (var type in source.Types.Values.Where(type => type.CanBeEntered))
        {
            builder.ResolveEntity(type.Name, context => new ValueTask<object?>(FindEntity(type, (IReadOnlyDictionary<string, object?>)context.Parent!)));
        }

        var bound = BoundSchema.Bind(builder);
        server = new GraphQLServer(bound.Schema ?? throw new InvalidOperationException(string.Join('\n', bound.Problems)), NullLogger.Instance);
    }

    /// <summary>What fails; changed between runs.</summary>
    public Faults Faults { get; set; } = Faults.None;

    public Task<string> ExecuteAsync(string document, string? variables) => server.ExecuteAsync(document, Services, variables);

    private ServedObject? FindEntity(SourceType type, IReadOnlyDictionary<string, object?> representation)
    {
        var possible = type.Kind == WorldKind.Interface ? world.Types[type.Name].Possible : [type.Name];
        var keys = type.ResolvableByKey.Where(key => key.Value).Select(key => key.Key);
        return data.Find(possible, keys, representation) is { } found
            ? new ServedObject(found, type.IsInterfaceObject ? type.Name : found.TypeName) { Representation = representation } : null;
    }

    private object? Resolve(ResolverContext context)
    {
        var isEvent = source.Types.GetValueOrDefault(World.Events)?.Fields.ContainsKey(context.Field.Name) == true;
        var entry = source.Types[isEvent ? World.Events : context.ParentType.Name].Fields[context.Field.Name];
        var parent = context.Parent as ServedObject;
        var field = entry.Field;
        if (field.Role == FieldRole.Namespace)
        {
            return new ServedObject(new WorldObject(field.Named, 0), field.Named);
        }

        var value = parent?.Object ?? data.Root(context.ParentType.Name, context.Field.Name);
        field = data.Own(value.TypeName, field);
        if (field.Role is FieldRole.Data or FieldRole.Like or FieldRole.Computed or FieldRole.Contextual or FieldRole.QueryRoot)
        {
            asked.Add((value.TypeName, field.Name));
        }

        Refuse(context, entry, parent);
        if (context.ParentType.Name == "Mutation")
        {
            log.Add(context.Field.Name, context.Arguments);
        }

        if (Faults.Fails(value, field))
        {
            throw new InjectedFault();
        }

        if (field.Role == FieldRole.Contextual && !data.IsUnknown(value))
        {
            return WorldData.Contextual(field, use => context.Arguments.TryGetValue(use.Argument, out var argument)
                ? argument
                : throw new WrongRequest($"{context.Field.Name} was asked for without {use.Argument}"), required => Given(context, parent!, required));
        }

        return field.Role == FieldRole.Computed && !data.IsUnknown(value)
            ? Serve(WorldData.Computed(field, required => Given(context, parent!, required), context.Arguments), entry, field, parent)
            : Serve(data.ValueOf(value, field, context.Arguments), entry, field, parent);
    }

    private void Refuse(ResolverContext context, SourceField entry, ServedObject? parent)
    {
        var place = $"{source.Name} was asked for {context.ParentType.Name}.{context.Field.Name}";
        if (entry.IsOverridden && (entry.OverriddenLabel is not { } label || world.ActiveLabels.Contains(label)))
        {
            throw new WrongRequest(place + ", which is overridden");
        }

        if (entry.OverrideLabel is { } own && !world.ActiveLabels.Contains(own))
        {
            throw new WrongRequest(place + ", whose label is off");
        }

        if (entry.IsExternal && (parent!.Provided is not { } provided || !Provides(provided, parent.Object.TypeName, context.Field.Name)))
        {
            throw new WrongRequest(place + ", which is external");
        }
    }

    private static bool Provides(SelectionSetNode set, string type, string field) => set.Selections.Any(selection => selection switch
    {
        FieldNode node => node.Name.Value == field,
        InlineFragmentNode fragment => fragment.TypeCondition!.Name.Value == type && Provides(fragment.SelectionSet, type, field),
        _ => false,
    });

    // What a required value came as: an argument, or a part of the representation.
    private object? Given(ResolverContext context, ServedObject parent, RequiredValue required)
    {
        if (!source.IsApollo)
        {
            return context.Arguments.TryGetValue(required.Argument, out var argument)
                ? argument
                : throw new WrongRequest($"{context.Field.Name} was asked for without {required.Argument}");
        }

        // What a source of Federation 1 has itself is not sent to it: Apollo's composition takes it out of @requires there.
        if (source.IsFederation1 && required.Prefix.Count == 0 && required.Paths is [{ Steps: [var step] }]
            && source.Types[parent.Object.TypeName].Fields.TryGetValue(step.Field, out var own) && !own.IsExternal)
        {
            return data.ValueOf(parent.Object, data.Own(parent.Object.TypeName, own.Field), new Dictionary<string, object?>());
        }

        var representation = parent.Representation ?? throw new WrongRequest($"{context.Field.Name} was asked for without a representation");
        return required.Prefix.Count == 0 ? Carried(representation, required.Paths[0].Steps, 0)
            : OfEach(Carried(representation, required.Prefix, 0), fields => required.Paths.ToDictionary(path => path.Name, path => Carried(fields, path.Steps, 0)));
    }

    private static object? OfEach(object? value, Func<object, object?> of) => value switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> => of(value),
        IEnumerable<object?> items => items.Select(item => OfEach(item, of)).ToList(),
        _ => throw new WrongRequest("the representation has a leaf where objects should be"),
    };

    private object? Carried(object? value, List<PathStep> steps, int index) => value switch
    {
        null => null,
        IReadOnlyDictionary<string, object?> named when named.TryGetValue("__typename", out var name) && !source.Types.ContainsKey((string)name!) =>
            throw new WrongRequest($"the representation has an object of {name}, which {source.Name} does not know"),
        IReadOnlyDictionary<string, object?> named when index > 0 && steps[index - 1].OnType is { } type && (string?)named.GetValueOrDefault("__typename") != type => null,
        _ when index == steps.Count => value,
        IReadOnlyDictionary<string, object?> fields => Carried(
            fields.TryGetValue(steps[index].Field, out var next) ? next : throw new WrongRequest($"the representation lacks {steps[index].Field}"), steps, index + 1),
        IEnumerable<object?> items => items.Select(item => Carried(item, steps, index)).ToList(),
        _ => throw new WrongRequest($"the representation has a leaf where {steps[index].Field} should be below"),
    };

    private object? Serve(object? value, SourceField entry, WorldField field, ServedObject? parent) => value switch
    {
        List<object?> list => list.Select(item => Serve(item, entry, field, parent)).ToList(),
        WorldObject { } target when field.Role is FieldRole.Lookup or FieldRole.Nodes && (data.IsUnknown(target) || !source.Types.ContainsKey(target.TypeName)) => null,
        BadId => null,
        WorldObject target => new ServedObject(target, NameHere(target, entry)) { Provided = ProvidedBelow(entry, parent) },
        _ => value,
    };

    // What the field itself provides, and what one above provides below it.
    private static SelectionSetNode? ProvidedBelow(SourceField entry, ServedObject? parent)
    {
        List<SelectionNode> found = entry.Provides is { } text ? [.. Selection(text).Selections] : [];
        if (parent?.Provided is { } around)
        {
            Collect(around, parent.Object.TypeName, entry.Field.Name, found);
        }

        return found.Count == 0 ? null : new SelectionSetNode(0, 0, [.. found]);
    }

    private static void Collect(SelectionSetNode set, string type, string field, List<SelectionNode> found)
    {
        foreach (var selection in set.Selections)
        {
            if (selection is FieldNode { SelectionSet: { } below } node && node.Name.Value == field)
            {
                found.AddRange(below.Selections);
            }
            else if (selection is InlineFragmentNode fragment && fragment.TypeCondition!.Name.Value == type)
            {
                Collect(fragment.SelectionSet, type, field, found);
            }
        }
    }

    // Where the source has an object in the interface's place, that is what its objects are.
    private string NameHere(WorldObject target, SourceField entry) =>
        source.Types.TryGetValue(entry.Type.Trim('[', ']', '!'), out var type) && type.IsInterfaceObject ? type.Name : target.TypeName;

    private static SelectionSetNode Selection(string text) =>
        ((OperationDefinitionNode)Parser.ParseDocument(new SourceText($"{{ {text} }}")).Value!.Definitions[0]).SelectionSet;
}

/// <summary>The writes of a run, in their order.</summary>
internal sealed class MutationLog
{
    private readonly List<string> entries = [];

    public void Add(string field, IReadOnlyDictionary<string, object?> arguments) => entries.Add($"{field}({Canonical.Of(arguments)})");

    /// <summary>What was written since the last call.</summary>
    public string Take()
    {
        var text = string.Join(", ", entries);
        entries.Clear();
        return text;
    }
}
