using Xunit;

namespace GraphGateway.Composition.Tests;

/// <summary>The description of several sources: the way for what is mostly there beside the plain one.</summary>
public sealed class ApolloDescriptionsTests
{
    [Fact]
    public void The_most_frequent_description_is_taken()
    {
        string?[] texts = [null, "", "a", "b"];
        foreach (var first in texts)
        {
            foreach (var second in texts)
            {
                foreach (var third in texts)
                {
                    foreach (var fourth in texts)
                    {
                        string?[] all = [first, second, third, fourth];
                        Assert.Equal(Plain(all), ApolloDescriptions.Merge(all));
                    }
                }
            }
        }

        Assert.Null(ApolloDescriptions.Merge([]));
    }

    // An empty one counts only when there is no other; of equally frequent ones the first.
    private static string? Plain(string?[] all)
    {
        var said = all.OfType<string>().ToArray();
        var words = said.Where(text => text.Length > 0).ToArray();
        return words.Length == 0
            ? said.FirstOrDefault()
            : words.MaxBy(text => words.Count(other => other == text));
    }
}
