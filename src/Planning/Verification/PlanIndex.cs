using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A plan by what the verifier looks for in it: slots by what they are for, steps by where they stand, gaps by their slots.</summary>
internal sealed class PlanIndex
{
    private readonly Dictionary<int, SourceFacts> facts = [];
    private readonly Dictionary<int, Meanings> meanings = [];
    private readonly HashSet<ResultShape> shapes = [];
    private readonly Dictionary<(ResultShape Shape, string Call), List<ResultField>> slots = [];
    private readonly Dictionary<FetchStep, OperationDefinitionNode?> documents = new(ReferenceEqualityComparer.Instance);
    private readonly Lazy<ILookup<ResultField, FetchStep>> stepsAt;
    private readonly Lazy<ILookup<ResultField, UnservableField>> gaps;
    private readonly Lazy<Dictionary<string, VariableDefinitionNode>> variables;
    private readonly Lazy<TypeSet> seen;
    private readonly Lazy<SentSlots> sent;

    /// <summary>Of a plan for some labels.</summary>
    public PlanIndex(QueryPlan plan, ImmutableHashSet<string> activeLabels)
    {
        (Plan, ActiveLabels, Turns) = (plan, activeLabels, new Turns(plan));
        stepsAt = new(() => plan.Steps.Where(step => !step.Path.IsEmpty).ToLookup(step => step.Path[^1]));
        gaps = new(() => plan.Unservable.ToLookup(gap => gap.Field));
        variables = new(() => plan.Operation.Variables.ToDictionary(variable => variable.Variable.Name.Value, StringComparer.Ordinal));
        sent = new(() => new SentSlots(plan));
        seen = new(() => TypeSet.Of(plan.Supergraph.FullSchema.ObjectTypes.Where(type => plan.Supergraph.PublicSchema.FindType(type.Name) is not null)));
    }

    public QueryPlan Plan { get; }

    /// <summary>The labels of progressive overrides that the plan is for.</summary>
    public ImmutableHashSet<string> ActiveLabels { get; }

    /// <summary>Which steps ask in turn.</summary>
    public Turns Turns { get; }

    /// <summary>Counts what is looked at.</summary>
    public VerificationWork Work { get; } = new();

    /// <summary>The object types that clients see.</summary>
    public TypeSet Seen => seen.Value;

    /// <summary>What steps send.</summary>
    public SentSlots Sent => sent.Value;

    /// <summary>A variable of the client by its name; null when there is none.</summary>
    public VariableDefinitionNode? VariableOf(string name) => variables.Value.GetValueOrDefault(name);

    /// <summary>What there is of a source.</summary>
    public SourceFacts Of(SourceSchema source)
    {
        if (!facts.TryGetValue(source.Ordinal, out var found))
        {
            facts.Add(source.Ordinal, found = new SourceFacts(Plan.Supergraph, source, ActiveLabels));
        }

        return found;
    }

    /// <summary>What values mean for a source.</summary>
    public Meanings MeaningsOf(SourceSchema source)
    {
        if (!meanings.TryGetValue(source.Ordinal, out var found))
        {
            meanings.Add(source.Ordinal, found = new Meanings(Plan.Supergraph.FullSchema, Of(source)));
        }

        return found;
    }

    /// <summary>The slots of a shape that are for a call (<see cref="Fills.CallOf"/>).</summary>
    public List<ResultField> SlotsOf(ResultShape shape, string call)
    {
        if (shapes.Add(shape))
        {
            foreach (var field in shape.Fields)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(slots, (shape, Fills.CallOf(field)), out _) ??= []).Add(field);
            }
        }

        return slots.GetValueOrDefault((shape, call), []);
    }

    /// <summary>The operation that a step's document is; null when it does not parse to one.</summary>
    public OperationDefinitionNode? DocumentOf(FetchStep step)
    {
        if (!documents.TryGetValue(step, out var found))
        {
            documents.Add(step, found = Parse(step.Document.Text));
        }

        return found;
    }

    /// <summary>The operation that a text is; null when it does not parse to one.</summary>
    public static OperationDefinitionNode? Parse(string text) =>
        Parser.ParseDocument(new SourceText(text), ParserOptions.Fetch).Value?.Definitions is [OperationDefinitionNode operation] ? operation : null;

    /// <summary>The steps whose targets are the objects of a field.</summary>
    public IEnumerable<FetchStep> StepsAt(ResultField field) => stepsAt.Value[field];

    /// <summary>What is named of a field as what cannot be served.</summary>
    public IEnumerable<UnservableField> GapsOf(ResultField field) => Plan.Unservable.IsEmpty ? [] : gaps.Value[field];
}
