using System.Buffers;
using System.Text;
using System.Text.Json;

namespace GraphGateway.Planning;

/// <summary>Writes a plan as JSON: what <c>extensions.queryPlan</c> shows.</summary>
public static class PlanJsonWriter
{
    /// <summary>The JSON text of a plan, without white space.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="isVerified">True when <see cref="PlanVerifier"/> found nothing wrong with it; the JSON says so. False: it says nothing.</param>
    public static string Write(QueryPlan plan, bool isVerified = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(plan, writer, isVerified);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the plan as one JSON object.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="writer">Where it goes.</param>
    /// <param name="isVerified">True when <see cref="PlanVerifier"/> found nothing wrong with it; the JSON says so. False: it says nothing.</param>
    public static void Write(QueryPlan plan, Utf8JsonWriter writer, bool isVerified = false)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(writer);
        var estimate = PlanEstimate.Of(plan);
        writer.WriteStartObject();
        writer.WriteNumber("requests", estimate.Requests);
        writer.WriteNumber("depth", estimate.Depth);
        writer.WriteNumber("estimatedCost", estimate.Cost);
        if (isVerified)
        {
            writer.WriteBoolean("verified", value: true);
        }

        if (plan.Bounds != PlanningBounds.None)
        {
            // Members are added, never renamed: the names are those of the enum.
            writer.WriteString("boundsMet", plan.Bounds.ToString());
        }

        writer.WriteStartArray("steps");
        foreach (var step in plan.Steps)
        {
            WriteStep(plan, step, writer);
        }

        writer.WriteEndArray();
        if (!plan.Unservable.IsEmpty)
        {
            writer.WriteStartArray("unservable");
            foreach (var field in plan.Unservable)
            {
                writer.WriteStartObject();
                writer.WriteString("field", field.Field.ToString());
                writer.WriteString("reason", field.Detail);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteStep(QueryPlan plan, FetchStep step, Utf8JsonWriter writer)
    {
        var schema = plan.Supergraph.FullSchema;
        writer.WriteStartObject();
        writer.WriteNumber("id", step.Id);
        writer.WriteString("source", step.Source.Name);
        writer.WriteString("kind", step.Kind.ToString());
        writer.WriteStartArray("dependsOn");
        foreach (var id in step.DependsOn)
        {
            writer.WriteNumberValue(id);
        }

        writer.WriteEndArray();
        if (step.Request is { } request)
        {
            writer.WriteNumber("request", request);
        }

        if (!step.InsteadOf.IsEmpty)
        {
            writer.WriteStartArray("insteadOf");
            foreach (var id in step.InsteadOf)
            {
                writer.WriteNumberValue(id);
            }

            writer.WriteEndArray();
        }

        writer.WriteString("path", TemplateText.Of(step.Path));
        if (step.Kind != FetchKind.Root)
        {
            writer.WriteString("types", TemplateText.Names(step.TargetTypes, schema));
            writer.WriteStartObject("inputs");
            foreach (var input in step.Inputs)
            {
                writer.WriteString(input.VariableName, TemplateText.Of(input.Value, schema, step.TargetTypes));
            }

            writer.WriteEndObject();
        }

        writer.WriteString("document", step.Document.Text);
        writer.WriteString("reason", step.Reason);
        writer.WriteNumber("estimatedCost", PlanEstimate.Of(step, plan));
        writer.WriteEndObject();
    }
}
