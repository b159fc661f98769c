using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>A <see cref="FetchStep"/> made ready to run.</summary>
internal sealed class CompiledStep
{
    // Documents for batches by aliases are text of their own for each size; some sizes are kept.
    private const int MaxKeptAliasDocuments = 32;

    private readonly KeptDocuments kept;
    private ConcurrentDictionary<int, byte[]>? aliasPrefixes;
    private ReusePlace[]? reusePlaces;

    public CompiledStep(FetchStep step, CompiledShape[] path, TypeSpace space, KeptDocuments kept, in CacheHints hints)
    {
        (this.kept, Hints) = (kept, hints);
        (Step, Path) = (step, path);
        Selection = new CompiledSelection(step.Selection, Shape, space, isOfRest: !step.InsteadOf.IsEmpty);
        Inputs = [.. step.Inputs.Select(input => new CompiledInput(input))];
        PlainKey = PlainKey.Of(Inputs);
        KeyArguments = step.Kind == FetchKind.Representations ? [] : [.. Inputs.Select(static input => input.KeyArgument)];
        ContextDepth = step.Inputs.Select(input => input.Value).OfType<ContextTemplate>()
            .SelectMany(context => context.Alternatives).Min(alternative => (int?)alternative.Depth);
        Prefix = PrefixOf(step.Document.Text);
        ForwardedNames = [.. step.ForwardedVariables.Select(name => (name, Encoding.UTF8.GetBytes($"\"{name}\":")))];
        LookupPath = [.. step.Document.LookupPath.Select(Encoding.UTF8.GetBytes)];
    }

    public FetchStep Step { get; }

    /// <summary>Of a lookup's inputs the arguments of the source that are the entity's key, null for others; empty for representations.</summary>
    public ImmutableArray<string?> KeyArguments { get; }

    public SourceSchema Source => Step.Source;

    /// <summary>The shapes on the way to the targets: the root's first, theirs last.</summary>
    public CompiledShape[] Path { get; }

    /// <summary>The shape of the targets.</summary>
    public CompiledShape Shape => Path[^1];

    /// <summary>
    /// Not null for a step that takes values from contexts: the highest place in <see cref="Path"/> that one comes from. Below it, an object
    /// that several places share may have a different value in each.
    /// </summary>
    public int? ContextDepth { get; }

    public CompiledSelection Selection { get; }

    public CompiledInput[] Inputs { get; }

    /// <summary>True when objects are targets whose type nobody has told yet: the step is for all types, or tells them.</summary>
    public bool TakesUntold => Step.Selection.TellsRuntimeType || Shape.IsFor(Step.TargetTypes, TypeSpace.Unknown);

    /// <summary>What tells two targets apart; null when that is more than leaves of them.</summary>
    public PlainKey? PlainKey { get; }

    /// <summary>The request's body up to the variables: <c>{"query":"..."</c>.</summary>
    public byte[] Prefix { get; }

    public (string Name, byte[] Key)[] ForwardedNames { get; }

    public byte[][] LookupPath { get; }

    /// <summary>How long its source's schema says that the answer may be kept.</summary>
    public CacheHints Hints { get; }

    /// <summary>The steps that travel with this one; null when it goes alone. Set once while compiling.</summary>
    public CompiledRequest? Request { get; set; }

    /// <summary>The same for those steps of the request that have one document. Set once while compiling.</summary>
    public int DocumentNumber { get; set; }

    /// <summary>The lookups that ask for the same objects, and leave those to this one of which they have no key. Set once while compiling.</summary>
    public CompiledStep[] Before { get; set; } = [];

    /// <summary>True when others ask for the same objects in turn with it.</summary>
    public bool IsInTurn => Before.Length > 0 || !LeavesOn.IsEmpty;

    /// <summary>The types of the objects that the step leaves to another one where it has no key of them. Set once while compiling.</summary>
    public TypeSet LeavesOn { get; set; }

    /// <summary>The steps that wait for this one; filled while compiling.</summary>
    public List<int> Dependents { get; } = [];

    /// <summary>Where the answer may hold already what the step would ask for; looked for on first use.</summary>
    public ReusePlace[] ReusePlacesIn(ExecutablePlan plan) => reusePlaces ??= ReusePlace.Of(this, plan);

    /// <summary>As <see cref="Prefix"/>, for a batch by aliases, and for lists of entities that differ in what comes from contexts.</summary>
    public byte[] AliasPrefix(int count)
    {
        var known = LazyInitializer.EnsureInitialized(ref aliasPrefixes);
        if (known.TryGetValue(count, out var prefix))
        {
            return prefix;
        }

        prefix = PrefixOf(Step.Document.WithAliases(count));
        if (known.Count < MaxKeptAliasDocuments && kept.TryKeep(prefix.Length))
        {
            known.TryAdd(count, prefix);
        }

        return prefix;
    }

    /// <summary>A request's body up to the variables.</summary>
    public static byte[] PrefixOf(string document) => [.. "{\"query\":\""u8, .. JsonEncodedText.Encode(document).EncodedUtf8Bytes, (byte)'"'];
}

/// <summary>A <see cref="FetchInput"/> made ready to run.</summary>
internal sealed class CompiledInput(FetchInput input)
{
    public CompiledTemplate Template { get; } = CompiledTemplate.Of(input.Value);

    /// <summary>The variable's name with quotes and colon.</summary>
    public byte[] Key { get; } = Encoding.UTF8.GetBytes($"\"{input.VariableName}\":");

    public string Name { get; } = input.VariableName;

    /// <summary>Of an entity's key the lookup's argument that it is; null for all else.</summary>
    public string? KeyArgument { get; } = input.IsKey ? input.ArgumentName : null;

    public bool SkipsOnNull { get; } = input.SkipsOnNull;

    /// <inheritdoc cref="FetchInput.WhenUnfit"/>
    public string? WhenUnfit { get; } = input.WhenUnfit;

    /// <inheritdoc cref="FetchInput.IsKey"/>
    public bool IsKey { get; } = input.IsKey;

    /// <inheritdoc cref="FetchInput.WhenNull"/>
    public string? WhenNull { get; } = input.WhenNull;

    /// <summary>The key in the n-th place of a batch by aliases.</summary>
    public byte[] AliasKey(int index) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{input.VariableName}_{index}\":"));
}
