using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server;

/// <summary>One operation with one set of variables, on its way through the spec's algorithms. Used on its request's pump alone, hence without locks.</summary>
internal sealed class OperationExecution(
    BoundSchema schema,
    PreparedDocument document,
    IReadOnlyDictionary<string, object?> variables,
    RequestScope request)
{
    private readonly FieldCollector collector = new(schema, document.Fragments, variables);

    public BoundSchema Schema { get; } = schema;

    public RequestScope Request { get; } = request;

    /// <summary>The execution errors, in the order in which they arose.</summary>
    public List<GraphQLError> Errors { get; } = [];

    /// <summary>
    /// Spec §6.2.1 ExecuteQuery, §6.2.2 ExecuteMutation: the data; null when an error has gone all the way up.
    /// </summary>
    public async Task<ResultObject?> ExecuteAsync(OperationDefinitionNode operation)
    {
        var rootType = Schema.Schema.RootType(operation.Operation)!;
        var fields = collector.Collect(rootType, [operation.SelectionSet]);
        var execution = new FieldExecution(this);
        var data = operation.Operation == OperationType.Mutation
            ? await execution.ExecuteSeriallyAsync(rootType, fields)
            : await execution.ExecuteFields(null, fields, path: null);
        if (data is FailedValue failed)
        {
            Errors.Add(failed.Error);
            return null;
        }

        return (ResultObject)data;
    }

    /// <summary>The fields that a composite value's field asks of its object type (Spec §6.4.3, CollectSubfields).</summary>
    public IReadOnlyList<FieldGroup> SubFieldsOf(FieldGroup group, ObjectType objectType)
    {
        if (!group.SubFields.TryGetValue(objectType, out var fields))
        {
            fields = collector.Collect(objectType, group.Nodes.Select(node => node.SelectionSet).OfType<SelectionSetNode>());
            group.SubFields.Add(objectType, fields);
        }

        return fields;
    }

    public IReadOnlyDictionary<string, object?> ArgumentsOf(FieldGroup group) =>
        group.Arguments ??= CoerceArgumentValues.Coerce(Schema, group, variables);

    /// <summary>An error of a field: its places in the document and in the response.</summary>
    public FailedValue Fail(FieldGroup group, ResponsePath path, string message, ErrorCode? code = null) =>
        new(GraphQLError.At(document.Source, message, code, [.. group.Nodes.Select(node => node.Start)]) with { Path = path.ToArray() });

    /// <summary>
    /// An exception of a resolver. Its own message goes out only when it is a <see cref="GraphQLException"/>; anything else is a fault of the
    /// service, whose details belong in its log.
    /// </summary>
    public FailedValue Fail(FieldGroup group, ResponsePath path, Exception exception)
    {
        if (exception is GraphQLException intended)
        {
            var failed = Fail(group, path, intended.Message, intended.Code);
            return new FailedValue(failed.Error with { Extensions = intended.Extensions });
        }

        if (exception is not OperationCanceledException || !Request.CancellationToken.IsCancellationRequested)
        {
            Request.Logger.LogError(exception, "The resolver of {Field} failed.", group.Field);
        }

        return Fail(group, path, "Internal server error", ErrorCode.InternalServerError);
    }

    /// <summary>The service gave a value whose object type cannot be told, or that the field's type does not allow.</summary>
    public void LogUnknownType(FieldGroup group, CompositeType type, object result) =>
        Request.Logger.LogError("{Field} gave a {ClrType}, which is none of the object types of {Type}.", group.Field, result.GetType(), type);
}
