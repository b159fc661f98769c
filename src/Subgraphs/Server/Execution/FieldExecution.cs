namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Collected fields and each of them: <see href="https://spec.graphql.org/September2025/#sec-Executing-Collected-Fields">Spec §6.3.3</see> to
/// <see href="https://spec.graphql.org/September2025/#sec-Executing-Fields">§6.4</see>. Everything returns at once where nothing waits, so
/// that a list of plain objects costs no tasks.
/// </summary>
internal sealed class FieldExecution
{
    private readonly OperationExecution operation;
    private readonly ValueCompletion completion;

    public FieldExecution(OperationExecution operation)
    {
        this.operation = operation;
        completion = new ValueCompletion(operation, this);
    }

    /// <summary>
    /// ExecuteCollectedFields(), "normally"
    /// (<see href="https://spec.graphql.org/September2025/#sec-Normal-and-Serial-Execution">Spec §6.3.4</see>): all fields at the same time. The result is a <see cref="ResultObject"/>, or the first field's
    /// <see cref="FailedValue"/> in their order: then the whole object is none (Spec §6.4.4).
    /// </summary>
    public ValueTask<object> ExecuteFields(object? parent, IReadOnlyList<FieldGroup> fields, ResponsePath? path)
    {
        var values = new object?[fields.Count];
        List<(int Index, Task<object?> Task)>? waiting = null;
        for (var i = 0; i < values.Length; i++)
        {
            var value = ExecuteField(parent, fields[i], path);
            if (!value.IsCompletedSuccessfully)
            {
                (waiting ??= []).Add((i, value.AsTask()));
                continue;
            }

            values[i] = value.Result;
            if (values[i] is FailedValue failed)
            {
                // The fields after it need not run. Those that run already are waited for, because their errors may stand in the response.
                return waiting is null ? new ValueTask<object>(failed) : FailAfter(failed, waiting);
            }
        }

        return waiting is null ? new ValueTask<object>(new ResultObject(fields, values)) : Gather(fields, values, waiting);
    }

    /// <summary>
    /// ExecuteCollectedFields(), "serially"
    /// (<see href="https://spec.graphql.org/September2025/#sec-Normal-and-Serial-Execution">Spec §6.3.4</see>): a mutation's root fields one after
    /// the other.
    /// </summary>
    public async Task<object> ExecuteSeriallyAsync(object? initialValue, IReadOnlyList<FieldGroup> fields)
    {
        var values = new object?[fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = await ExecuteField(initialValue, fields[i], parentPath: null);
            if (values[i] is FailedValue failed)
            {
                return failed;
            }

            operation.Request.Loaders.Clear();
        }

        return new ResultObject(fields, values);
    }

    /// <summary>
    /// ExecuteField(): <see href="https://spec.graphql.org/September2025/#sec-Executing-Fields">Spec §6.4</see>; with ResolveFieldValue()
    /// (<see href="https://spec.graphql.org/September2025/#sec-Value-Resolution">§6.4.2</see>), which is the call of the binding. A completed
    /// value, null included, or a <see cref="FailedValue"/> when the field cannot be null.
    /// </summary>
    private ValueTask<object?> ExecuteField(object? parent, FieldGroup group, ResponsePath? parentPath)
    {
        if (group.Binding is not { } binding)
        {
            return new ValueTask<object?>(group.ParentType.Name);
        }

        try
        {
            if (binding.Getter is { } getter)
            {
                return Settle(group, parentPath, completion.Complete(group.Field.Type, group, getter(parent!), parentPath));
            }

            operation.ArgumentsOf(group);
            var resolved = binding.Resolver!(new ResolverContext(operation, group, parent, parentPath));
            return resolved.IsCompletedSuccessfully
                ? Settle(group, parentPath, completion.Complete(group.Field.Type, group, resolved.Result, parentPath))
                : ResolveSlowly(group, parentPath, resolved);
        }
#pragma warning disable CA1031 // whatever a resolver throws is its field's error
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new ValueTask<object?>(Settle(group, operation.Fail(group, new ResponsePath(parentPath, group.ResponseKey), exception)));
        }
    }

    private async ValueTask<object?> ResolveSlowly(FieldGroup group, ResponsePath? parentPath, ValueTask<object?> resolving)
    {
        try
        {
            return Settle(group, await completion.Complete(group.Field.Type, group, await resolving, parentPath));
        }
#pragma warning disable CA1031 // whatever a resolver throws is its field's error
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Settle(group, operation.Fail(group, new ResponsePath(parentPath, group.ResponseKey), exception));
        }
    }

    private ValueTask<object?> Settle(FieldGroup group, ResponsePath? parentPath, ValueTask<object?> completing) =>
        completing.IsCompletedSuccessfully
            ? new ValueTask<object?>(Settle(group, completing.Result))
            : CompleteSlowly(group, parentPath, completing);

    private async ValueTask<object?> CompleteSlowly(FieldGroup group, ResponsePath? parentPath, ValueTask<object?> completing)
    {
        try
        {
            return Settle(group, await completing);
        }
#pragma warning disable CA1031 // a list that a resolver gave may throw while it is read
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Settle(group, operation.Fail(group, new ResponsePath(parentPath, group.ResponseKey), exception));
        }
    }

    /// <summary>
    /// <see href="https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors">Spec §6.4.4, Handling Execution Errors</see>: here the
    /// error stops when the field can be null; otherwise it goes on to the parent.
    /// </summary>
    private object? Settle(FieldGroup group, object? completed)
    {
        if (completed is not FailedValue failed || group.Field.Type.IsNonNull)
        {
            return completed;
        }

        operation.Errors.Add(failed.Error);
        return null;
    }

    private static async ValueTask<object> FailAfter(FailedValue failed, List<(int Index, Task<object?> Task)> waiting)
    {
        await Task.WhenAll(waiting.Select(entry => entry.Task));
        return failed;
    }

    private static async ValueTask<object> Gather(IReadOnlyList<FieldGroup> fields, object?[] values, List<(int Index, Task<object?> Task)> waiting)
    {
        FailedValue? failed = null;
        foreach (var (index, task) in waiting)
        {
            values[index] = await task;
            failed ??= values[index] as FailedValue;
        }

        return failed is null ? new ResultObject(fields, values) : failed;
    }
}
