using System.Text.Json.Nodes;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution.Tests;

/// <summary>Completes values as the spec says (§6.4.3, §6.4.4): a null in a non-null place throws up to the nearest nullable one.</summary>
internal sealed class NaiveWriter(QueryPlan plan, List<(int Step, JsonObject Error)> errors)
{
    private Supergraph Supergraph => plan.Supergraph;

    public JsonObject? Write(NaiveObject value, object[] path)
    {
        var result = new JsonObject();
        var isNull = false;
        foreach (var field in value.Shape.Fields.Where(field => !field.IsHidden && Applies(field, value)))
        {
            object[] at = [.. path, field.Key];
            if (field.Definition == MetaFields.Typename)
            {
                result[field.Key] = value.Type;
                continue;
            }

            var type = OwnType(field, value);
            var written = WriteValue(field, type, value.Values.GetValueOrDefault(field), at, value.Type!);
            isNull |= written is null && type.IsNonNull;
            result[field.Key] = written;
        }

        return isNull ? null : result;
    }

    public static JsonObject ErrorOf(string message, string code, object[]? path) => ErrorOf(JsonValue.Create(message)!, code, path, null);

    public static JsonObject ErrorOf(JsonNode message, string code, object[]? path, JsonObject? extensions)
    {
        var error = new JsonObject { ["message"] = message };
        if (path is not null)
        {
            error["path"] = new JsonArray([.. path.Select(segment => segment is int index ? JsonValue.Create(index) : JsonValue.Create((string)segment))]);
        }

        var all = new JsonObject();
        if (extensions is null || !extensions.ContainsKey("code"))
        {
            all["code"] = code;
        }

        foreach (var member in extensions ?? [])
        {
            all[member.Key] = member.Value?.DeepClone();
        }

        error["extensions"] = all;
        return error;
    }

    public static JsonObject ErrorOf(NaiveFailure failure, object[]? path) => failure.MessageJson is null
        ? ErrorOf(failure.Message, failure.Code, path)
        : ErrorOf(JsonNode.Parse(failure.MessageJson)!, failure.Code, path, JsonNode.Parse(failure.ExtensionsJson!) as JsonObject);

    private bool Applies(ResultField field, NaiveObject value) => field.AppliesTo.Contains((ObjectType)Supergraph.FullSchema.FindType(value.Type!)!);

    private GraphQLType OwnType(ResultField field, NaiveObject value) =>
        ((ObjectType)Supergraph.PublicSchema.FindType(value.Type!)!).FindField(field.Definition.Name)!.Type;

    private JsonNode? WriteValue(ResultField field, GraphQLType type, NaiveValue? value, object[] path, string owner)
    {
        switch (value)
        {
            case NaiveLeaf leaf:
                return JsonNode.Parse(leaf.Json);
            case NaiveReference { WhenHidden: { } failure, Value: { Type: { } hidden } shown } when Supergraph.PublicSchema.FindType(hidden) is null:
                var told = shown.Hidden ?? failure;
                errors.Add((told.Step, ErrorOf(told, path)));
                return null;
            case NaiveReference reference:
                return Write(reference.Value, path);
            case NaiveList list:
                return WriteList(field, ((ListType)type.Nullable).OfType, list, path, owner);
            case NaiveFailed failed:
                errors.Add((failed.Failure.Step, ErrorOf(failed.Failure, path)));
                return null;
            case NaiveNull { IsErrored: false } when type.IsNonNull:
                var message = $"Cannot return null for non-nullable field {field.Parent.Type.Name}.{field.Definition.Name}.";
                errors.Add((int.MaxValue, ErrorOf(message, "NON_NULL_VIOLATION", path)));
                return null;
            case null:
                AddUnset(field, path);
                return null;
            default:
                return null;
        }
    }

    private JsonArray? WriteList(ResultField field, GraphQLType item, NaiveList list, object[] path, string owner)
    {
        var items = list.Items.Select((value, index) => WriteValue(field, item, value, [.. path, index], owner)).ToArray();
        return item.IsNonNull && items.Contains(null) ? null : new JsonArray(items);
    }

    private void AddUnset(ResultField field, object[] path)
    {
        var unservable = plan.Unservable.FirstOrDefault(unservable => unservable.Field == field);
        errors.Add((int.MaxValue, unservable is null
            ? ErrorOf($"The field {field.Parent.Type.Name}.{field.Definition.Name} was not fetched.", "INTERNAL_SERVER_ERROR", path)
            : ErrorOf(unservable.Reason, "FIELD_NOT_SERVABLE", path)));
    }
}
