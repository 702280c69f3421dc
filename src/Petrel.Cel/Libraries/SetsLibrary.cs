using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Libraries;

/// <summary>sets.contains, sets.equivalent and sets.intersects: lists without regard to order and repetition.</summary>
public static class SetsLibrary
{
    public static CelLibrary Instance { get; } = new(
        "sets",
        [
            Compare("sets.contains", 1, static (list, part) => ContainsAll(list, part)),
            Compare("sets.equivalent", 2, static (left, right) => ContainsAll(left, right) && ContainsAll(right, left)),
            Compare("sets.intersects", 1, static (left, right) => Any(left, item => right.Contains(item))),
        ]);

    // Costs as many comparisons as there are pairs, for each way they are compared.
    private static CelFunction Compare(string name, int ways, Func<CelList, CelList, bool> holds) => new(
        name,
        [
            Overloads.Binary<CelList, CelList>(Overloads.ListOfA, Overloads.ListOfA, CelType.Bool, (left, right) => CelValue.Of(holds(left, right))).Costing(
                values => 1 + CostRules.Product(CostRules.Product(values[0].Size, values[1].Size), ways),
                operands => new CallEstimate(Bounds.Exactly(1) + (operands[0].Size * operands[1].Size * ways))),
        ]);

    private static bool ContainsAll(CelList list, CelList part) => !Any(part, item => !list.Contains(item));

    private static bool Any(CelList list, Func<CelValue, bool> holds)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (holds(list[i]))
            {
                return true;
            }
        }

        return false;
    }
}
