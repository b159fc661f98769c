using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GraphGateway.Gateway.Tests.Authentication;

/// <summary>Makes tokens by hand, right ones and wrong ones.</summary>
internal static class SignedToken
{
    public static string Make(string header, string payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Encode(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>One object with the members of another one; null takes a member away.</summary>
    public static string With(string json, string changes)
    {
        var result = JsonNode.Parse(json)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
        {
            result.Remove(name);
            if (value is not null)
            {
                result[name] = value.DeepClone();
            }
        }

        return result.ToJsonString();
    }

    public static byte[] Rs256(RSA key, byte[] bytes) => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static byte[] Es256(ECDsa key, byte[] bytes) => key.SignData(bytes, HashAlgorithmName.SHA256);
}
