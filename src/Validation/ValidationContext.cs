using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>What the rules share on one walk: the schema, the document, its fragments, where the walk is, and the errors so far.</summary>
internal sealed class ValidationContext
{
    private readonly ImmutableArray<GraphQLError>.Builder errors = ImmutableArray.CreateBuilder<GraphQLError>();

    public ValidationContext(Schema schema, DocumentNode document, ValidationOptions options)
    {
        Schema = schema;
        Document = document;
        Options = options;
        Fragments = new FragmentGraph(this);
    }

    public Schema Schema { get; }

    public DocumentNode Document { get; }

    public ValidationOptions Options { get; }

    public FragmentGraph Fragments { get; }

    /// <summary>The types at the node that the walk is at.</summary>
    public TypeContext Types { get; } = new();

    public int ErrorCount => errors.Count;

    /// <summary>True after too many errors: the walk ends.</summary>
    public bool IsAborted { get; private set; }

    public ImmutableArray<GraphQLError> Errors() => errors.ToImmutable();

    /// <summary>An error at byte offsets of the document.</summary>
    public void Report(string message, params ReadOnlySpan<int> offsets) => Report(ErrorCode.GraphqlValidationFailed, message, offsets);

    /// <summary>An error with a code of its own.</summary>
    public void Report(ErrorCode code, string message, params ReadOnlySpan<int> offsets)
    {
        if (IsAborted)
        {
            return;
        }

        if (errors.Count >= Options.MaxErrors)
        {
            IsAborted = true;
            errors.Add(new GraphQLError
            {
                Message = "Too many validation errors, error limit reached. Validation aborted.",
                Code = ErrorCode.GraphqlValidationFailed,
            });
            return;
        }

        errors.Add(GraphQLError.At(Document.Source, message, code, offsets));
    }

    /// <summary>" Did you mean ...?" with the names most like the wrong one, or nothing.</summary>
    public string DidYouMean(string wrong, IEnumerable<string> names, string? what = null)
    {
        if (!Options.Suggestions)
        {
            return "";
        }

        return what is null ? Suggestions.DidYouMean(wrong, names) : Suggestions.DidYouMean(what, wrong, names);
    }
}
