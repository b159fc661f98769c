using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.Http;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;

namespace GraphGateway.Gateway;

/// <summary>
/// Writes <c>extensions</c>: the plan and the cost, each where the client has asked for it, and what a dry run of authorization would have withheld.
/// </summary>
internal static class CostReport
{
    /// <summary>A JSON object; empty where there is nothing to tell.</summary>
    /// <param name="plan">The plan; null where it is not told.</param>
    /// <param name="isVerified">Whether plans are verified.</param>
    /// <param name="cost">The cost; null where it is not told.</param>
    /// <param name="actual">What the answer came to; null where nothing has run.</param>
    /// <param name="unauthorized">What the client got and may not see; empty where that is not told.</param>
    public static ReadOnlyMemory<byte> Extensions(
        QueryPlan? plan, bool isVerified, RequestCost? cost, CostFigures? actual, ImmutableArray<WithheldField> unauthorized)
    {
        if (plan is null && cost is null && unauthorized.IsEmpty)
        {
            return default;
        }

        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, ErrorWriter.JsonOptions))
        {
            writer.WriteStartObject();
            if (plan is not null)
            {
                writer.WritePropertyName("queryPlan");
                PlanJsonWriter.Write(plan, writer, isVerified);
            }

            if (cost is not null)
            {
                writer.WritePropertyName("operationCost");
                Write(writer, cost, actual);
            }

            if (!unauthorized.IsEmpty)
            {
                writer.WritePropertyName("authorizationErrors");
                Write(writer, unauthorized);
            }

            writer.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    // Errors as the answer would have them, but for the places in lists, which were not looked at.
    private static void Write(Utf8JsonWriter writer, ImmutableArray<WithheldField> unauthorized)
    {
        writer.WriteStartArray();
        foreach (var field in unauthorized)
        {
            writer.WriteStartObject();
            writer.WriteString("message", UnservableField.WithheldReason);
            writer.WriteStartArray("path");
            foreach (var key in field.Path)
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("extensions");
            writer.WriteString("code", ErrorCode.UnauthorizedFieldOrType.ToWire());
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // HotChocolate's two members first; the others are ours.
    private static void Write(Utf8JsonWriter writer, RequestCost cost, CostFigures? actual)
    {
        writer.WriteStartObject();
        Write(writer, cost.Estimate);
        if (actual is { } counted)
        {
            writer.WriteStartObject("actual");
            Write(writer, counted);
            writer.WriteEndObject();
        }

        if (cost.Sources is { } sources)
        {
            writer.WriteNumber("planCost", sources.Sum(source => source.Cost));
            writer.WriteStartObject("sources");
            foreach (var (source, figure) in sources)
            {
                writer.WriteNumber(source, figure);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CostFigures figures)
    {
        writer.WriteNumber("fieldCost", figures.FieldCost);
        writer.WriteNumber("typeCost", figures.TypeCost);
    }
}

/// <summary>The answer to <c>GraphQL-Cost: validate</c>: nothing but <c>extensions</c>, as HotChocolate has it.</summary>
internal sealed class CostBody(RequestCost cost) : IGraphQLResponseBody
{
    /// <inheritdoc/>
    public void WriteTo(IBufferWriter<byte> output, ResultPosition position)
    {
        output.Write("{"u8);
        position.WriteMembers(output);
        output.Write("\"extensions\":"u8);
        output.Write(CostReport.Extensions(plan: null, isVerified: false, cost, actual: null, []).Span);
        output.Write("}"u8);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
