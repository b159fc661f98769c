using System.Collections;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Value-Completion">Spec §6.4.3, Value Completion</see>: what a resolver gave becomes
/// what the field's type says, or a <see cref="FailedValue"/>.
/// </summary>
internal sealed class ValueCompletion(OperationExecution operation, FieldExecution fields)
{
    /// <summary>Completes a field's value.</summary>
    public ValueTask<object?> Complete(GraphQLType type, FieldGroup group, object? result, ResponsePath? parentPath) =>
        // A leaf needs its path only when something is wrong with it.
        Complete(type, group, result, new LazyPath(parentPath, group.ResponseKey));

    /// <summary>CompleteValue().</summary>
    private ValueTask<object?> Complete(GraphQLType type, FieldGroup group, object? result, LazyPath path)
    {
        if (type is NonNullType nonNull)
        {
            var completing = Complete(nonNull.OfType, group, result, path);
            return completing.IsCompletedSuccessfully
                ? new ValueTask<object?>(RefuseNull(group, completing.Result, path))
                : RefuseNullSlowly(group, completing, path);
        }

        if (result is null)
        {
            return default;
        }

        return type switch
        {
            ListType list => CompleteList(list, group, result, path),
            ScalarType scalar => new ValueTask<object?>(CompleteScalar(scalar, group, result, path)),
            EnumType @enum => new ValueTask<object?>(CompleteEnum(@enum, group, result, path)),
            ObjectType objectType => CompleteObject(objectType, group, result, path),
            CompositeType composite => CompleteAbstract(composite, group, result, path),
            _ => throw new InvalidOperationException($"{type} is no output type."),
        };
    }

    private object RefuseNull(FieldGroup group, object? completed, LazyPath path) =>
        completed ?? operation.Fail(
            group,
            path.ToPath(),
            $"Cannot return null for non-nullable field {group.ParentType.Name}.{group.Field.Name}.",
            ErrorCode.NonNullViolation);

    private async ValueTask<object?> RefuseNullSlowly(FieldGroup group, ValueTask<object?> completing, LazyPath path) =>
        RefuseNull(group, await completing, path);

    private ValueTask<object?> CompleteList(ListType list, FieldGroup group, object result, LazyPath path)
    {
        if (result is string or IReadOnlyDictionary<string, object?> || result is not IEnumerable items)
        {
            return new ValueTask<object?>(operation.Fail(
                group, path.ToPath(), $"Expected Iterable, but did not find one for field \"{group.ParentType.Name}.{group.Field.Name}\"."));
        }

        var listPath = path.ToPath();
        var values = new List<object?>();
        List<(int Index, Task<object?> Task)>? waiting = null;
        foreach (var item in items)
        {
            var itemPath = new LazyPath(listPath, values.Count);
            var completing = item is Task<object?> task ? CompleteTask(list.OfType, group, task, itemPath) : Complete(list.OfType, group, item, itemPath);
            if (!completing.IsCompletedSuccessfully)
            {
                (waiting ??= []).Add((values.Count, completing.AsTask()));
                values.Add(null);
                continue;
            }

            values.Add(SettleItem(list, completing.Result, out var failed));
            if (failed is not null)
            {
                return waiting is null ? new ValueTask<object?>(failed) : FailAfter(failed, waiting);
            }
        }

        return waiting is null ? new ValueTask<object?>(values) : Gather(list, values, waiting);
    }

    /// <summary>An item that is still being resolved, as entities are; its exception is the item's error alone.</summary>
    private async ValueTask<object?> CompleteTask(GraphQLType type, FieldGroup group, Task<object?> task, LazyPath path)
    {
        try
        {
            return await Complete(type, group, await task, path);
        }
#pragma warning disable CA1031 // whatever a resolver throws is its item's error
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return operation.Fail(group, path.ToPath(), exception);
        }
    }

    /// <summary>An item's error stops at the item when it can be null; otherwise the whole list is none (Spec §6.4.4).</summary>
    private object? SettleItem(ListType list, object? completed, out FailedValue? failed)
    {
        failed = completed as FailedValue;
        if (failed is null || list.OfType.IsNonNull)
        {
            return completed;
        }

        operation.Errors.Add(failed.Error);
        failed = null;
        return null;
    }

    private async ValueTask<object?> Gather(ListType list, List<object?> values, List<(int Index, Task<object?> Task)> waiting)
    {
        FailedValue? first = null;
        foreach (var (index, task) in waiting)
        {
            values[index] = SettleItem(list, await task, out var failed);
            first ??= failed;
        }

        return first is null ? values : first;
    }

    private static async ValueTask<object?> FailAfter(FailedValue failed, List<(int Index, Task<object?> Task)> waiting)
    {
        await Task.WhenAll(waiting.Select(entry => entry.Task));
        return failed;
    }

    /// <summary>CoerceResult() for a scalar (<see href="https://spec.graphql.org/September2025/#sec-Scalars">Spec §3.5</see>).</summary>
    private object CompleteScalar(ScalarType type, FieldGroup group, object result, LazyPath path)
    {
        try
        {
            var serialized = operation.Schema.Scalar(type).Serialize(result);
            return serialized.Error is { } error ? operation.Fail(group, path.ToPath(), error)
                : serialized.Value is null ? operation.Fail(
                    group, path.ToPath(), $"Expected `{type.Name}.serialize({ShownValue.Of(result)})` to return non-nullable value, returned: null")
                : ResultValues.CanBeWritten(serialized.Value) ? serialized.Value
                : operation.Fail(group, path.ToPath(), $"{type.Name} cannot represent value: {ShownValue.Of(result)}");
        }
#pragma warning disable CA1031 // a scalar of the service's own may throw: that is the error of this value, not of the list around it
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return operation.Fail(group, path.ToPath(), exception);
        }
    }

    /// <summary>CoerceResult() for an enum (<see href="https://spec.graphql.org/September2025/#sec-Enums">Spec §3.9</see>).</summary>
    private object CompleteEnum(EnumType type, FieldGroup group, object result, LazyPath path)
    {
        var name = result as string ?? operation.Schema.Enum(type)?.NameOf(result);
        return name is not null && type.FindValue(name) is not null
            ? name
            : operation.Fail(group, path.ToPath(), $"Enum \"{type.Name}\" cannot represent value: {ShownValue.Of(result)}");
    }

    private static async ValueTask<object?> CompleteObjectSlowly(ValueTask<object> executing) => await executing;

    private ValueTask<object?> CompleteObject(ObjectType type, FieldGroup group, object result, LazyPath path)
    {
        IReadOnlyList<FieldGroup> subFields;
        try
        {
            subFields = operation.SubFieldsOf(group, type);
        }
        catch (InputMistake mistake)
        {
            return new ValueTask<object?>(operation.Fail(group, path.ToPath(), mistake));
        }

        var executing = fields.ExecuteFields(result, subFields, path.ToPath());
        return executing.IsCompletedSuccessfully ? new ValueTask<object?>(executing.Result) : CompleteObjectSlowly(executing);
    }

    /// <summary>ResolveAbstractType(); the messages are graphql-js's, as far as its advice does not speak of JavaScript.</summary>
    private ValueTask<object?> CompleteAbstract(CompositeType type, FieldGroup group, object result, LazyPath path)
    {
        var found = operation.Schema.TypeOf(result, out var name);
        if (found is ObjectType objectType && type.PossibleTypes.Contains(objectType))
        {
            return CompleteObject(objectType, group, result, path);
        }

        operation.LogUnknownType(group, path.ToPath(), type, result);
        var message = found switch
        {
            ObjectType => $"Runtime Object type \"{found.Name}\" is not a possible type for \"{type.Name}\".",
            not null => $"Abstract type \"{type.Name}\" was resolved to a non-object type \"{found.Name}\".",
            _ when name is not null => $"Abstract type \"{type.Name}\" was resolved to a type \"{name}\" that does not exist inside the schema.",
            _ => $"Abstract type \"{type.Name}\" must resolve to an Object type at runtime for field \"{group.ParentType.Name}.{group.Field.Name}\".",
        };
        return new ValueTask<object?>(operation.Fail(group, path.ToPath(), message, ErrorCode.InternalServerError));
    }

    /// <summary>A path that is built when somebody asks for it.</summary>
    private readonly struct LazyPath
    {
        private readonly ResponsePath? parent;
        private readonly string? key;
        private readonly int index;

        public LazyPath(ResponsePath? parent, string key) => (this.parent, this.key) = (parent, key);

        public LazyPath(ResponsePath parent, int index) => (this.parent, this.index) = (parent, index);

        public ResponsePath ToPath() => new(parent, key ?? (object)index);
    }
}
