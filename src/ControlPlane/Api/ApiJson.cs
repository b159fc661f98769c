using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>The JSON of the registry's API: names in camel case; what has no value is left out; a member that is not known, or comes twice, is refused.</summary>
public static class ApiJson
{
    /// <summary>How the server writes it.</summary>
    public static JsonSerializerOptions Options { get; } = Make(JsonUnmappedMemberHandling.Disallow, new DefaultJsonTypeInfoResolver());

    /// <summary>How bodies are sent: what is as it is where it is left out, is left out. An older server, which refuses what it does not know, takes all that does not need what is new.</summary>
    public static JsonSerializerOptions RequestOptions { get; } = Make(JsonUnmappedMemberHandling.Disallow, new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutDefaults } });

    /// <summary>How answers are read: what has no value is left out in them, and of a newer server they can have more members.</summary>
    public static JsonSerializerOptions AnswerOptions { get; } = Make(JsonUnmappedMemberHandling.Skip, new DefaultJsonTypeInfoResolver { Modifiers = { MayLeaveOut } });

    /// <summary>How the server reads a body: as <see cref="Options"/> have it, without a text that no store takes (<see cref="RegistryLimits.IsUnfit"/>).</summary>
    internal static JsonSerializerOptions BodyOptions { get; } = Make(JsonUnmappedMemberHandling.Disallow, new DefaultJsonTypeInfoResolver(), new FitText());

    /// <summary>The bytes of a value.</summary>
    internal static byte[] Of(object value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    internal static async Task WriteAsync(HttpContext context, string mediaType, object value)
    {
        var bytes = Of(value);
        context.Response.ContentType = mediaType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static JsonSerializerOptions Make(JsonUnmappedMemberHandling unknown, IJsonTypeInfoResolver types, params ReadOnlySpan<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false,
            NumberHandling = JsonNumberHandling.Strict,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = unknown,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = 32,
            TypeInfoResolver = types,
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }

        options.MakeReadOnly();
        return options;
    }

    private static void MayLeaveOut(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(member => member is { IsRequired: true, IsSetNullable: true } || Nullable.GetUnderlyingType(member.PropertyType) is not null))
        {
            member.IsRequired = false;
        }
    }

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            if (member.AssociatedParameter is { HasDefaultValue: true, DefaultValue: var usual })
            {
                member.ShouldSerialize = (_, value) => value is not null && !value.Equals(usual);
            }
        }
    }

    private sealed class FitText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Fit(reader.GetString());

        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Fit(reader.GetString())!;

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

        // Half a character is no text to the reader itself.
        private static string? Fit(string? text) => text is not null && RegistryLimits.IsUnfit(text) ? throw new UnfitTextException() : text;
    }
}

/// <summary>A text of a body is one that no store takes.</summary>
internal sealed class UnfitTextException() : JsonException(Reason)
{
    public const string Reason = "has a character of value 0.";
}
