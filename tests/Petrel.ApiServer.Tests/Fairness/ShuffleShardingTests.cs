using Petrel.ApiServer.Fairness;
using Xunit;

namespace Petrel.ApiServer.Tests.Fairness;

public sealed class ShuffleShardingTests
{
    [Theory]
    [InlineData(128, 6)]
    [InlineData(64, 8)]
    [InlineData(6, 6)]
    [InlineData(1, 1)]
    public void A_hand_holds_no_queue_twice_and_none_that_is_not_there(int deckSize, int handSize)
    {
        var hand = new int[handSize];
        for (var flow = 0; flow < 500; flow++)
        {
            ShuffleSharding.Deal(ShuffleSharding.Hash("schema", $"user-{flow}"), deckSize, hand);
            Assert.Equal(handSize, hand.Distinct().Count());
            Assert.All(hand, card => Assert.InRange(card, 0, deckSize - 1));
        }
    }

    [Fact]
    public void As_many_hashes_as_there_are_hands_deal_each_hand_equally_often()
    {
        // 5 * 4 ordered hands of two cards are ten hands, each twice.
        var hands = new Dictionary<(int, int), int>();
        var hand = new int[2];
        for (var hash = 0UL; hash < 20; hash++)
        {
            ShuffleSharding.Deal(hash, 5, hand);
            hands[(hand[0], hand[1])] = hands.GetValueOrDefault((hand[0], hand[1])) + 1;
        }

        Assert.Equal(10, hands.Count);
        Assert.All(hands.Values, static count => Assert.Equal(2, count));
    }

    [Fact]
    public void A_flow_always_gets_its_own_hand()
    {
        Assert.Equal(ShuffleSharding.Hash("a", "b"), ShuffleSharding.Hash("a", "b"));
        Assert.NotEqual(ShuffleSharding.Hash("a", "b"), ShuffleSharding.Hash("ab", ""));
        Assert.NotEqual(ShuffleSharding.Hash("a", "b"), ShuffleSharding.Hash("", "ab"));
    }
}
