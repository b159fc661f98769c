using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server;

/// <summary>One operation with one set of variables, on its way through the spec's algorithms. Used on its request's pump alone, hence without locks.</summary>
internal sealed class OperationExecution(
    BoundSchema schema,
    PreparedDocument document,
    OperationDefinitionNode operation,
    IReadOnlyDictionary<string, object?> variables,
    RequestScope request)
{
    private readonly FieldCollector collector = new(schema, document.Fragments, variables);

    public BoundSchema Schema { get; } = schema;

    public RequestScope Request { get; } = request;

    /// <summary>What the log calls the operation.</summary>
    private string OperationName => operation.Name?.Value ?? $"an unnamed {operation.Operation.ToString().ToLowerInvariant()}";

    /// <summary>The execution errors, in the order in which they arose.</summary>
    public List<GraphQLError> Errors { get; } = [];

    /// <summary>
    /// ExecuteQuery() (<see href="https://spec.graphql.org/September2025/#sec-Query">Spec §6.2.1</see>) and ExecuteMutation()
    /// (<see href="https://spec.graphql.org/September2025/#sec-Mutation">§6.2.2</see>): the data; null when an error has gone all the way up.
    /// </summary>
    public Task<ResultObject?> ExecuteAsync() =>
        ExecuteRootSelectionSetAsync(initialValue: null, isSerial: operation.Operation == OperationType.Mutation);

    /// <summary>
    /// CreateSourceEventStream(): <see href="https://spec.graphql.org/September2025/#sec-Source-Stream">Spec §6.2.3.1</see>, with
    /// ResolveFieldEventStream(), which is the call of the binding. What goes wrong here is a request error.
    /// </summary>
    public async Task<SourceStream> CreateSourceEventStreamAsync()
    {
        FieldGroup? group = null;
        ResponsePath? path = null;
        try
        {
            var fields = collector.Collect(Schema.Schema.SubscriptionType!, [operation.SelectionSet]);
            if (fields.Count != 1)
            {
                return new SourceStream(null, GraphQLError.At(
                    document.Source, "A subscription must have exactly one root field after @skip and @include.", ErrorCode.BadUserInput, operation.Start));
            }

            group = fields[0];
            path = new ResponsePath(null, group.ResponseKey);
            ArgumentsOf(group);
            var result = await group.Binding!.Stream!(new ResolverContext(this, group, parent: null, parentPath: null));
            return SourceEvents.Of(result) is { } events
                ? new SourceStream(events, null)
                : new SourceStream(null, Fail(group, path, $"Subscription field must return Async Iterable. Received: {ShownValue.Of(result)}.").Error);
        }
        catch (InputMistake mistake) when (group is null)
        {
            return new SourceStream(null, GraphQLError.At(document.Source, mistake.Message, ErrorCode.BadUserInput, mistake.Start));
        }
#pragma warning disable CA1031 // whatever a resolver throws is its field's error
        catch (Exception exception) when (group is not null)
#pragma warning restore CA1031
        {
            return new SourceStream(null, Fail(group, path!, exception).Error);
        }
    }

    /// <summary>ExecuteSubscriptionEvent(): <see href="https://spec.graphql.org/September2025/#sec-Response-Stream">Spec §6.2.3.2</see>.</summary>
    public Task<ResultObject?> ExecuteSubscriptionEventAsync(object? sourceEvent) =>
        ExecuteRootSelectionSetAsync(new SourceEvent(sourceEvent), isSerial: false);

    /// <summary>
    /// ExecuteRootSelectionSet(): <see href="https://spec.graphql.org/September2025/#sec-Executing-the-Root-Selection-Set">Spec §6.3.1</see>.
    /// </summary>
    private async Task<ResultObject?> ExecuteRootSelectionSetAsync(object? initialValue, bool isSerial)
    {
        try
        {
            var rootType = Schema.Schema.RootType(operation.Operation)!;
            var fields = collector.Collect(rootType, [operation.SelectionSet]);
            var execution = new FieldExecution(this);
            var data = isSerial
                ? await execution.ExecuteSeriallyAsync(initialValue, fields)
                : await execution.ExecuteFields(initialValue, fields, path: null);
            if (data is FailedValue failed)
            {
                Errors.Add(failed.Error);
                return null;
            }

            return (ResultObject)data;
        }
        catch (InputMistake mistake)
        {
            // A condition of a root selection: there is no field yet whose error it could be.
            Errors.Add(GraphQLError.At(document.Source, mistake.Message, ErrorCode.BadUserInput, mistake.Start));
            return null;
        }
    }

    /// <summary>
    /// The fields that a composite value's field asks of its object type: CollectSubfields()
    /// (<see href="https://spec.graphql.org/September2025/#sec-Field-Collection">Spec §6.3.2</see>).
    /// </summary>
    /// <exception cref="InputMistake">A condition is a variable that is null.</exception>
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
        if (exception is InputMistake mistake)
        {
            return new FailedValue(GraphQLError.At(document.Source, mistake.Message, ErrorCode.BadUserInput, mistake.Start) with { Path = path.ToArray() });
        }

        if (exception is GraphQLException intended)
        {
            var failed = Fail(group, path, intended.Message, intended.Code);
            return new FailedValue(failed.Error with { Extensions = intended.Extensions });
        }

        if (exception is not OperationCanceledException || !Request.CancellationToken.IsCancellationRequested)
        {
            Request.Logger.LogError(exception, "The resolver of {Field} failed at {Path} in {Operation} of {Document}.", group.Field, path, OperationName, document.Hash);
        }

        return Fail(group, path, "Internal server error", ErrorCode.InternalServerError);
    }

    /// <summary>The service gave a value whose object type cannot be told: its C# type is for the log alone.</summary>
    public void LogUnknownType(FieldGroup group, ResponsePath path, CompositeType type, object result) =>
        Request.Logger.LogError(
            "{Field} gave a {ClrType}, which is none of the object types of {Type}, at {Path} in {Operation} of {Document}.",
            group.Field,
            result.GetType(),
            type,
            path,
            OperationName,
            document.Hash);
}
