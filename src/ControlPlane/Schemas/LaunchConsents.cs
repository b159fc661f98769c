using System.Text.Encodings.Web;
using System.Text.Json;

namespace GraphGateway.ControlPlane;

/// <summary>The consent of a launch as it is kept: JSON.</summary>
internal static class LaunchConsents
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes it.</summary>
    public static string Write(LaunchConsent consent) => JsonSerializer.Serialize(consent, Options);

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static LaunchConsent Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<LaunchConsent>(json, Options) is { Operations.IsDefault: false } consent && !consent.Operations.Contains(null!)
                ? consent : throw new JsonException("a launch's consent is null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The registry is damaged: {exception.Message}", exception);
        }
    }
}
