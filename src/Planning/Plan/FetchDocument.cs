using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.Planning;

/// <summary>The text of a fetch: whole for one execution, and in parts for a batch by aliases.</summary>
public sealed class FetchDocument
{
    private const string Entity = "_entities";

    private readonly ImmutableArray<FetchInput> inputs;
    private readonly byte[] single;

    private FetchDocument(
        OperationType operation,
        ImmutableArray<string> clientVariables,
        ImmutableArray<FetchInput> inputs,
        ImmutableArray<string> path,
        ImmutableArray<FetchTextPiece> call,
        ImmutableArray<FetchTextPiece> selection)
    {
        Operation = operation;
        ClientVariables = clientVariables;
        this.inputs = inputs;
        Path = path;
        Call = call;
        Selection = selection;
        single = Encoded(Write());
    }

    /// <summary>Query or mutation (the latter for root fields of a mutation alone).</summary>
    public OperationType Operation { get; }

    /// <summary>For a lookup: the keys that lead from <c>data</c> to the value, the lookup field last. Empty otherwise.</summary>
    public ImmutableArray<string> LookupPath => Path is [Entity] ? [] : Path;

    /// <summary>For <c>_entities</c> without arguments from contexts: its parts, of which one document for several steps can be made. Null otherwise.</summary>
    public EntitySelection? Entities { get; private init; }

    /// <summary>The document for one execution, as UTF-8: what root fetches, representations and variable batches send.</summary>
    public ReadOnlyMemory<byte> Utf8 => single;

    /// <summary>The document for one execution, as text.</summary>
    public string Text => Encoding.UTF8.GetString(single);

    /// <summary>The definitions of the client's variables.</summary>
    internal ImmutableArray<string> ClientVariables { get; }

    /// <summary>The fields from the root to the one that is called, that one last; empty for root fields.</summary>
    internal ImmutableArray<string> Path { get; }

    /// <summary>The arguments of that field.</summary>
    internal ImmutableArray<FetchTextPiece> Call { get; }

    /// <summary>What is selected on its value; for root fields all of the selection set.</summary>
    internal ImmutableArray<FetchTextPiece> Selection { get; }

    /// <summary>A document for root fields or <c>_entities</c>.</summary>
    /// <param name="operation">Query or mutation.</param>
    /// <param name="variableDefinitions">All variable definitions without the parentheses, such as <c>$first: Int, $id: ID!</c>; may be empty.</param>
    /// <param name="selectionSet">The root selection set with its braces.</param>
    public static FetchDocument ForRoot(OperationType operation, string variableDefinitions, string selectionSet) =>
        new(operation, variableDefinitions.Length == 0 ? [] : [variableDefinitions], [], [], [], [new FetchTextPiece(selectionSet, IsInput: false)]);

    /// <summary>A document for <c>_entities</c>.</summary>
    /// <param name="clientVariables">The definitions of the forwarded client variables, such as <c>$first: Int = 2</c>.</param>
    /// <param name="inputs">The representations, and after them what comes from contexts.</param>
    /// <param name="selectionSet">What is selected on the entities, with its braces.</param>
    public static FetchDocument ForEntities(
        ImmutableArray<string> clientVariables, ImmutableArray<FetchInput> inputs, ImmutableArray<FetchTextPiece> selectionSet)
    {
        ImmutableArray<FetchTextPiece> call =
            [new("(representations: ", IsInput: false), new("$" + inputs[0].VariableName, IsInput: true), new(")", IsInput: false)];
        return new(OperationType.Query, clientVariables, inputs, [Entity], call, selectionSet)
        {
            Entities = inputs.Length > 1 ? null : new EntitySelection(clientVariables, selectionSet is [var only] ? only.Text : string.Concat(selectionSet.Select(piece => piece.Text))),
        };
    }

    /// <summary>A document for a lookup field.</summary>
    /// <param name="clientVariables">The definitions of the forwarded client variables; may be empty.</param>
    /// <param name="inputs">The variables that differ by target.</param>
    /// <param name="lookupPath">Fields from Query to the lookup field, that field last.</param>
    /// <param name="callArguments">The arguments with their parentheses; empty when there are none.</param>
    /// <param name="selectionSet">What is selected on the value, with its braces.</param>
    public static FetchDocument ForLookup(
        ImmutableArray<string> clientVariables,
        ImmutableArray<FetchInput> inputs,
        ImmutableArray<string> lookupPath,
        ImmutableArray<FetchTextPiece> callArguments,
        ImmutableArray<FetchTextPiece> selectionSet) =>
        new(OperationType.Query, clientVariables, inputs, lookupPath, callArguments, selectionSet);

    /// <summary>
    /// For a lookup, and for <c>_entities</c> with arguments from contexts: one document that executes it <paramref name="count"/> times. The n-th value is under the alias <c>_n</c> of the first field,
    /// its inputs are the variables with <c>_n</c> appended.
    /// </summary>
    public string WithAliases(int count) => WithAliases([.. Enumerable.Repeat(this, count)]);

    /// <summary>The same for different lookups of one source: the n-th is under the alias <c>_n</c>. A variable of the client is defined once.</summary>
    public static string WithAliases(IReadOnlyList<FetchDocument> lookups)
    {
        var definitions = lookups.Distinct().SelectMany(lookup => lookup.ClientVariables).Distinct(StringComparer.Ordinal).ToList();
        var text = new StringBuilder("query(").AppendJoin(", ", definitions);
        var isFirst = definitions.Count == 0;
        for (var i = 0; i < lookups.Count; i++)
        {
            lookups[i].AppendInputs(text, Suffix(i), separated: !isFirst);
            isFirst &= lookups[i].inputs.IsEmpty;
        }

        text.Append(") {");
        for (var i = 0; i < lookups.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $" _{i}: ");
            lookups[i].AppendLookup(text, Suffix(i));
        }

        return text.Append(" }").ToString();
    }

    private static string Suffix(int index) => "_" + index.ToString(CultureInfo.InvariantCulture);

    private StringBuilder Write()
    {
        var text = new StringBuilder(Length());
        text.Append(Operation switch
        {
            OperationType.Mutation => "mutation",
            OperationType.Subscription => "subscription",
            _ => "query",
        });
        if (ClientVariables.Length > 0 || inputs.Length > 0)
        {
            var definitions = ClientVariables.IsEmpty ? "" : string.Join(", ", ClientVariables);
            text.Append('(').Append(Path is [Entity] ? "" : definitions);
            AppendInputs(text, "", separated: Path is not [Entity] && definitions.Length > 0);
            text.Append(Path is [Entity] && definitions.Length > 0 ? ", " + definitions : "").Append(')');
        }

        text.Append(' ');
        if (Path.IsEmpty)
        {
            AppendPieces(text, Selection, "");
            return text;
        }

        text.Append("{ ");
        AppendLookup(text, "");
        return text.Append(" }");
    }

    // PERF: about how long the text becomes, so that its builder need not grow.
    private int Length()
    {
        const int Words = 32;
        const int Definition = 32;
        var length = Words + (Definition * (ClientVariables.Length + inputs.Length));
        foreach (var part in Path)
        {
            length += part.Length;
        }

        foreach (var piece in Call)
        {
            length += piece.Text.Length;
        }

        foreach (var piece in Selection)
        {
            length += piece.Text.Length;
        }

        return length;
    }

    private static byte[] Encoded(StringBuilder text)
    {
        var characters = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(0, characters, text.Length);
        var bytes = Encoding.UTF8.GetBytes(characters, 0, text.Length);
        ArrayPool<char>.Shared.Return(characters);
        return bytes;
    }

    private void AppendInputs(StringBuilder text, string suffix, bool separated)
    {
        foreach (var input in inputs)
        {
            text.Append(separated ? ", $" : "$").Append(input.VariableName).Append(suffix).Append(": ").Append(input.Type);
            separated = true;
        }
    }

    private void AppendLookup(StringBuilder text, string suffix)
    {
        text.AppendJoin(" { ", Path);
        AppendPieces(text, Call, suffix);
        text.Append(' ');
        AppendPieces(text, Selection, suffix);
        for (var i = 1; i < Path.Length; i++)
        {
            text.Append(" }");
        }
    }

    private static void AppendPieces(StringBuilder text, ImmutableArray<FetchTextPiece> pieces, string suffix)
    {
        foreach (var piece in pieces)
        {
            text.Append(piece.Text);
            if (piece.IsInput)
            {
                text.Append(suffix);
            }
        }
    }
}

/// <summary>A piece of a fetch's text.</summary>
/// <param name="Text">What is written.</param>
/// <param name="IsInput">True: it is <c>$name</c> of a <see cref="FetchInput"/>, which gets a suffix in a batch by aliases.</param>
public readonly record struct FetchTextPiece(string Text, bool IsInput);
