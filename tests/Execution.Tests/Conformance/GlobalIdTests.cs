using System.Text;
using Xunit;

namespace GraphGateway.Execution.Tests.Conformance;

/// <summary>How global ids are written, by whom.</summary>
public sealed class GlobalIdTests
{
    private static readonly string[] Types = ["User", "_Odd2", "Ünicode"];

    [Theory]
    // Relay's toGlobalId, HotChocolate's Base64 and, without padding and in the other alphabet, its UrlSafeBase64.
    [InlineData("VXNlcjox", "User")]
    [InlineData("VXNlcjoxMg==", "User")]
    [InlineData("VXNlcjoxMg", "User")]
    [InlineData("VXNlcjo_Pz8-Pg", "User")]
    [InlineData("VXNlcjo/Pz8+Pg==", "User")]
    // HotChocolate before 14: a line break, and the kind of the id.
    [InlineData("VXNlcgppMQ==", "User")]
    // HotChocolate's UpperHex and LowerHex.
    [InlineData("557365723A31", "User")]
    [InlineData("557365723a31", "User")]
    [InlineData("X09kZDI6YTpi", "_Odd2")]
    // Names of no type that is known.
    [InlineData("Tm9ib2R5OjE=", "Nobody")]
    [InlineData("4e6f626f64793a31", "Nobody")]
    // None at all: nothing there, no delimiter, nothing before it or after it, a digit first, a letter that names do not have, no Base64.
    [InlineData("", null)]
    [InlineData("VXNlcg==", null)]
    [InlineData("OjE=", null)]
    [InlineData("VXNlcjo=", null)]
    [InlineData("MVVzZXI6MQ==", null)]
    [InlineData("w5xuaWNvZGU6MQ==", null)]
    [InlineData("User:1", null)]
    [InlineData("====", null)]
    [InlineData("5", null)]
    [InlineData("ß", null)]
    public void The_name_of_the_type_is_read(string id, string? expected) =>
        Assert.Equal(expected, GlobalId.TypeNameOf(id, name => Types.Contains(name)));

    [Fact]
    public void An_id_may_be_long() => Assert.Equal(
        "User", GlobalId.TypeNameOf(Convert.ToBase64String(Encoding.UTF8.GetBytes("User:" + new string('x', 100_000))), name => Types.Contains(name)));
}
