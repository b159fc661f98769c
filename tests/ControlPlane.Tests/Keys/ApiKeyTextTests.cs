using System.Text;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Keys;

public sealed class ApiKeyTextTests
{
    private static readonly byte[] Pepper = Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");

    [Fact]
    public void A_key_has_its_prefix_its_id_and_a_secret_and_no_two_are_alike()
    {
        var keys = Enumerable.Range(0, 1_000).Select(_ => ApiKeyText.Make()).ToList();
        Assert.Equal(1_000, keys.Distinct().Count());
        Assert.All(keys, key =>
        {
            Assert.Matches("^ggk_[0-9a-f]{16}_[0-9a-f]{72}$", key);
            Assert.Equal(key[4..20], ApiKeyText.IdOf(key));
        });
    }

    [Fact]
    public void A_key_with_any_character_changed_left_out_or_added_is_none()
    {
        var key = ApiKeyText.Make();
        for (var i = 0; i < key.Length; i++)
        {
            Assert.Null(ApiKeyText.IdOf(key[..i] + (key[i] == 'a' ? 'b' : 'a') + key[(i + 1)..]));
            Assert.Null(ApiKeyText.IdOf(key.Remove(i, 1)));
            Assert.Null(ApiKeyText.IdOf(key.Insert(i, "0")));
        }

        Assert.All(new[] { "", "ggk_", key.ToUpperInvariant(), key + "\n", " " + key }, text => Assert.Null(ApiKeyText.IdOf(text)));
    }

    [Fact]
    public void The_hash_depends_on_all_of_the_key_and_on_the_pepper()
    {
        const string key = "ggk_0123456789abcdef_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef00000000";
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Pepper, Encoding.UTF8.GetBytes(key))),
            Convert.ToHexStringLower(ApiKeyText.HashOf(key, Pepper)));
        Assert.NotEqual(ApiKeyText.HashOf(key, Pepper), ApiKeyText.HashOf(key[..^1] + "1", Pepper));
        Assert.NotEqual(ApiKeyText.HashOf(key, Pepper), ApiKeyText.HashOf(key, [.. Pepper, 0x20]));
    }
}
