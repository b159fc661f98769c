using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution.Tests;

/// <summary>A fetch of a hand-made plan.</summary>
/// <param name="Source">a (variable batches), b (alias batches), c (none) or d (lists of requests).</param>
/// <param name="Kind">How it asks.</param>
/// <param name="Path">Response keys from the root to the targets, with dots; <c>User/boss</c> where another type has a slot of the same key.</param>
/// <param name="Key">
/// Fields of the target, with spaces; a question mark behind a name: a requirement, sent even if null. <c>address.city?</c> requires a field of an object.
/// <c>age?!</c>: the source takes no null there; <c>ints?[!]</c>: none in the list.
/// </param>
internal sealed record StepSpec(string Source, FetchKind Kind = FetchKind.Root, string Path = "", string Key = "id")
{
    /// <summary>Steps that must have ended before.</summary>
    public int[] After { get; init; } = [];

    /// <summary>Lookups of the same objects of which it is asked for those that have no key for them.</summary>
    public int[] InsteadOf { get; init; } = [];

    /// <summary>True when the entity's answer has __typename.</summary>
    public bool TellsType { get; init; }

    /// <summary>True when the source does not say what the objects are that it gives.</summary>
    public bool IsSilentOfTypes { get; init; }

    /// <summary>Only targets of this type.</summary>
    public string? On { get; init; }

    /// <summary>Fields that lead to the lookup.</summary>
    public string Lookup { get; init; } = "find";

    /// <summary>Variables of the client that are forwarded.</summary>
    public string[] Forwarded { get; init; } = [];

    public OperationType Operation { get; init; }

    /// <summary>The number of the request that the step shares with others.</summary>
    public int? Request { get; init; }

    /// <summary>The step whose document this one has; null: one of its own.</summary>
    public int? Document { get; init; }
}

/// <summary>
/// Makes plans out of annotated operations: <c>@s(n: [1])</c> names the steps that fill a field (those of the field around it otherwise,
/// step 0 at the root; <c>ofAll: true</c>: whatever the object is), <c>@hidden</c> hides it, <c>@unservable</c> leaves it to nobody, <c>as:</c> gives its key in the source, <c>needs:</c> what it requires.
/// </summary>
internal sealed class TestPlan
{
    private const string NullKey = "The key is null.";
    private const string Unfit = "A required value has a null.";

    private readonly Schema schema = TestSchema.Supergraph.FullSchema;
    private readonly Dictionary<ResultField, int[]> steps = [];
    private readonly Dictionary<ResultField, string> sourceKeys = [];
    private readonly Dictionary<ResultField, string> required = [];
    private readonly HashSet<ResultField> ofAll = [];
    private readonly List<UnservableField> unservable = [];

    public static QueryPlan Build(string operation, params StepSpec[] specs) => new TestPlan().Make(operation, specs);

    private QueryPlan Make(string operation, StepSpec[] specs)
    {
        var document = Parser.ParseDocument(new SourceText(operation)).Value!;
        var definition = (OperationDefinitionNode)document.Definitions[0];
        var rootType = TestSchema.Supergraph.PublicSchema.RootType(definition.Operation)!;
        var root = ShapeOf(rootType, definition.SelectionSet, [0]);
        var normalized = new NormalizedOperation(definition.Operation, null, new NormalizedSelectionSet(rootType, []), []);
        return new QueryPlan(
            TestSchema.Supergraph, normalized, root, [.. specs.Select((spec, id) => StepOf(spec, id, root))], [.. unservable]);
    }

    private ResultShape ShapeOf(CompositeType type, SelectionSetNode selection, int[] inherited)
    {
        var shape = new ResultShape(type);
        AddFields(shape, type, selection, PossibleTypes(type.Name), inherited, hidden: false);
        AddFields(shape, type, selection, PossibleTypes(type.Name), inherited, hidden: true);
        return shape;
    }

    private TypeSet PossibleTypes(string name) => ((CompositeType)schema.FindType(name)!).PossibleTypes;

    private void AddFields(ResultShape shape, CompositeType type, SelectionSetNode selection, TypeSet types, int[] inherited, bool hidden)
    {
        foreach (var item in selection.Selections)
        {
            if (item is InlineFragmentNode fragment)
            {
                var name = fragment.TypeCondition!.Name.Value;
                var narrowed = (CompositeType)schema.FindType(name)!;
                AddFields(shape, narrowed, fragment.SelectionSet, types.Intersect(PossibleTypes(name)), inherited, hidden);
            }
            else if (item is FieldNode field && field.Directives.Any(directive => directive.Name.Value == "hidden") == hidden)
            {
                AddField(shape, type, field, types, inherited, hidden);
            }
        }
    }

    private void AddField(ResultShape shape, CompositeType type, FieldNode node, TypeSet types, int[] inherited, bool hidden)
    {
        var mark = node.Directives.FirstOrDefault(directive => directive.Name.Value == "s");
        var own = mark?.Argument("n") is ListValueNode list
            ? [.. list.Values.Select(value => int.Parse(((IntValueNode)value).Value))]
            : inherited;
        var definition = type.FindField(node.Name.Value)!;
        var inner = node.SelectionSet is { } below
            ? ShapeOf(PositionType(definition, hidden), below, own)
            : null;
        var key = hidden ? $"#{node.ResponseKey}" : node.ResponseKey;
        var added = shape.Add(new ResultField(shape, shape.Fields.Count, key, hidden, definition, types, inner) { HiddenArguments = node.Arguments });
        sourceKeys[added] = mark?.Argument("as") is StringValueNode alias ? alias.Value : node.ResponseKey;
        if (mark?.Argument("ofAll") is not null)
        {
            ofAll.Add(added);
        }

        if (mark?.Argument("needs") is StringValueNode needs)
        {
            required[added] = needs.Value;
        }

        var isUnservable = node.Directives.Any(directive => directive.Name.Value == "unservable");
        steps[added] = isUnservable ? [] : own;
        if (isUnservable)
        {
            unservable.Add(new UnservableField(added, $"No source can serve {type}.{definition.Name} here.", "", types));
        }
    }

    private CompositeType PositionType(FieldDefinition definition, bool hidden)
    {
        var of = hidden ? schema : TestSchema.Supergraph.PublicSchema;
        return (CompositeType)of.FindType(definition.Type.Named.Name)!;
    }

    private FetchStep StepOf(StepSpec spec, int id, ResultShape root)
    {
        var path = ImmutableArray.CreateBuilder<ResultField>();
        var shape = root;
        foreach (var key in spec.Path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var names = key.Split('/');
            path.Add(shape.Fields.Single(field => field.Key == names[^1] && (names.Length == 1 || field.AppliesTo == PossibleTypes(names[0]))));
            shape = path[^1].Shape!;
        }

        var selection = SelectionOf(shape, id, spec.Kind != FetchKind.Root, spec.IsSilentOfTypes) with { TellsRuntimeType = spec.TellsType };
        return new FetchStep
        {
            Id = id,
            Source = TestSchema.Supergraph.FindSource(spec.Source)!,
            Kind = spec.Kind,
            DependsOn = [.. spec.After],
            InsteadOf = [.. spec.InsteadOf],
            Path = path.ToImmutable(),
            TargetTypes = PossibleTypes(spec.On ?? shape.Type.Name),
            Inputs = InputsOf(spec, shape),
            ForwardedVariables = [.. spec.Forwarded],
            Document = DocumentOf(spec, spec.Document ?? id),
            Selection = selection,
            Reason = "",
            Request = spec.Request,
        };
    }

    private FetchSelectionSet SelectionOf(ResultShape shape, int id, bool isEntity, bool isSilent) => new()
    {
        TellsRuntimeType = shape.Type is not ObjectType && !isSilent,
        FixedType = !isEntity && shape.Type is ObjectType type ? type : null,
        Fields =
        [
            .. shape.Fields.Where(field => steps[field].Contains(id) && field.Definition != MetaFields.Typename).Select(field => new FetchField
            {
                SourceKey = sourceKeys[field],
                AppliesTo = ofAll.Contains(field) ? PossibleTypes(shape.Type.Name) : field.AppliesTo,
                Target = field,
                SourceType = NodeOf(field.Definition.Type),
                Requires = required.TryGetValue(field, out var needs) ? [needs] : [],
                Selection = field.Shape is { } below ? SelectionOf(below, id, isEntity: false, isSilent) : null,
            }),
        ],
    };

    private static ImmutableArray<FetchInput> InputsOf(StepSpec spec, ResultShape shape)
    {
        if (spec.Kind == FetchKind.Root)
        {
            return [];
        }

        var keys = spec.Key.Split(' ').Select(Key.Of).ToList();
        if (spec.Kind == FetchKind.Lookup)
        {
            return
            [
                .. keys.Select(key => new FetchInput(key.Name, Named("ID"), ValueOf(key, key.FieldIn(shape)), key.IsKey || key.IsNonNull)
                {
                    IsKey = key.IsKey,
                    WhenNull = key.IsKey ? NullKey : key.IsNonNull ? Unfit : null,
                    WhenUnfit = key.HasNonNullItems ? Unfit : null,
                }),
            ];
        }

        var all = shape.Fields.Aggregate(default(TypeSet), (types, field) => types.Union(field.AppliesTo));
        ImmutableArray<TemplateEntry> entries =
        [
            new TemplateEntry("__typename", new TypenameTemplate(null), all, IsKey: true),
            .. keys.Select(key => (Key: key, Field: key.FieldIn(shape))).Select(key =>
                new TemplateEntry(key.Field.Definition.Name, ValueOf(key.Key, key.Field), key.Field.AppliesTo, key.Key.IsKey)
                {
                    IsNonNull = key.Key.IsNonNull && key.Key.Inner is null,
                    WhenUnfit = key.Key.IsNonNull || key.Key.HasNonNullItems ? Unfit : null,
                }),
        ];
        return [new FetchInput("representations", Named("_Any"), new ObjectTemplate(entries), SkipsOnNull: true) { IsKey = true, WhenNull = NullKey }];
    }

    private static ValueTemplate ValueOf(Key key, ResultField field)
    {
        var items = key.HasNonNullItems ? 1 : 0;
        if (key.Inner is null)
        {
            return new LeafTemplate(field) { NonNullItems = items };
        }

        var inner = field.Shape!.Fields.First(below => below.Definition.Name == key.Inner);
        var entry = new TemplateEntry(inner.Definition.Name, new LeafTemplate(inner), inner.AppliesTo, IsKey: false) { IsNonNull = key.IsNonNull };
        return new CompositeTemplate(field, new ObjectTemplate([entry])) { NonNullItems = items };
    }

    private sealed record Key(string Name, string? Inner, bool IsKey, bool IsNonNull, bool HasNonNullItems)
    {
        public static Key Of(string text)
        {
            var path = text.TrimEnd('?', '!', '[', ']').Split('.');
            var marks = text[string.Join('.', path).Length..];
            return new Key(path[0], path.ElementAtOrDefault(1), marks.Length == 0, marks.EndsWith("?!", StringComparison.Ordinal), marks.Contains("[!]", StringComparison.Ordinal));
        }

        public ResultField FieldIn(ResultShape shape) => shape.Fields.First(field => field.Definition.Name == Name);
    }

    private static FetchDocument DocumentOf(StepSpec spec, int id)
    {
        if (spec.Kind == FetchKind.Representations && spec.Request is not null)
        {
            return FetchDocument.ForEntities(
                [.. spec.Forwarded.Select(name => $"${name}: Int")], [new FetchInput("representations", Named("_Any"), new LeafTemplate(null!), true)], [new FetchTextPiece($"{{ step{id} }}", false)]);
        }

        if (spec.Kind != FetchKind.Lookup)
        {
            return FetchDocument.ForRoot(spec.Operation, "", $"{{ step{id} }}");
        }

        var names = spec.Key.Split(' ').Select(key => Key.Of(key).Name).ToList();
        return FetchDocument.ForLookup(
            [.. spec.Forwarded.Select(name => $"${name}: Int")],
            [.. names.Select(name => new FetchInput(name, Named("ID"), new LeafTemplate(null!), true))],
            [.. spec.Lookup.Split('.')],
            [new FetchTextPiece($"({names[0]}: ", false), new FetchTextPiece($"${names[0]}", true), new FetchTextPiece(")", false)],
            [new FetchTextPiece($"{{ step{id} }}", false)]);
    }

    private static NamedTypeNode Named(string name) => new(0, 0, new NameNode(name, 0));

    private static TypeNode NodeOf(GraphQLType type) => type switch
    {
        NonNullType nonNull => new NonNullTypeNode(0, 0, NodeOf(nonNull.OfType)),
        ListType list => new ListTypeNode(0, 0, NodeOf(list.OfType)),
        _ => Named(type.Named.Name),
    };
}
