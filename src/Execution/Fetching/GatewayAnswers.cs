using System.Buffers;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>
/// What the gateway as a source answers (<see cref="TypeSystem.Supergraphs.GatewaySource"/>), written as a source's response: for each id the
/// type that it names, and the id; for one that names none, or a type that cannot be fetched by its id, null with an error.
/// </summary>
internal sealed class GatewayAnswers(TypeSpace space, ExecutionRequest request, ExecutionOptions options)
{
    // What a message repeats of what the client sent.
    private const int ShownMax = 100;

    /// <summary>The response to a root fetch.</summary>
    public SubgraphResponse Answer(CompiledStep step)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        var problems = new List<(object[] Path, string Message)>();
        using (var writer = new Utf8JsonWriter(output, ErrorList.JsonOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("data"u8);
            foreach (var field in step.Selection.Source.Fields)
            {
                writer.WritePropertyName(field.SourceKey);
                Write(writer, field, problems);
            }

            writer.WriteEndObject();
            WriteErrors(writer, problems);
            writer.WriteEndObject();
        }

        var bytes = ArrayPool<byte>.Shared.Rent(output.WrittenCount);
        output.WrittenSpan.CopyTo(bytes);
        return SubgraphResponse.Received(200, "application/json", bytes, output.WrittenCount);
    }

    private void Write(Utf8JsonWriter writer, FetchField field, List<(object[] Path, string Message)> problems)
    {
        var arguments = field.Target.Selection?.Arguments ?? [];
        var coerced = arguments.IsEmpty ? default
            : ArgumentCoercion.Coerce(field.Target.Definition.Arguments, arguments, arguments[0], request.Document, request.Variables);
        switch (coerced.Values?.GetValueOrDefault(field.Target.Definition.Arguments[0].Name))
        {
            case string id:
                WriteNode(writer, field, id, [field.SourceKey], problems);
                break;
            case List<object?> ids when ids.Count <= options.MaxNodes:
                writer.WriteStartArray();
                for (var i = 0; i < ids.Count; i++)
                {
                    WriteNode(writer, field, (string)ids[i]!, [field.SourceKey, i], problems);
                }

                writer.WriteEndArray();
                break;
            case List<object?> ids:
                writer.WriteNullValue();
                problems.Add(([field.SourceKey], $"{ids.Count} ids are asked for at once, and at most {options.MaxNodes} are allowed. Ask for them in several requests."));
                break;
            default:
                writer.WriteNullValue();
                problems.Add(([field.SourceKey], coerced.Error?.Message ?? "No id is given."));
                break;
        }
    }

    private void WriteNode(Utf8JsonWriter writer, FetchField field, string id, object[] path, List<(object[] Path, string Message)> problems)
    {
        var name = GlobalId.TypeNameOf(id, space.NodeTypes.ContainsKey);
        if (name is null || !space.NodeTypes.TryGetValue(name, out var type))
        {
            writer.WriteNullValue();
            problems.Add((path, name is null
                ? $"The id {Shown(id)} cannot be read: it names no type."
                : $"The id {Shown(id)} names the type {Shown(name)}, and there are no such objects to be fetched by their ids."));
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("__typename"u8, name);
        foreach (var below in field.Selection!.Fields)
        {
            if (below.AppliesTo.Contains(type))
            {
                writer.WriteString(below.SourceKey, id);
            }
        }

        writer.WriteEndObject();
    }

    private static string Shown(string text) => text.Length <= ShownMax ? $"\"{text}\"" : $"\"{text[..ShownMax]}…\"";

    private static void WriteErrors(Utf8JsonWriter writer, List<(object[] Path, string Message)> problems)
    {
        if (problems.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("errors"u8);
        foreach (var (path, message) in problems)
        {
            new ResponseError { Message = message, Path = path, Code = ErrorCode.BadUserInput }.WriteTo(writer);
        }

        writer.WriteEndArray();
    }
}
