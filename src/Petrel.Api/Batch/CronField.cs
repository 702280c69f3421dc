using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

/// <summary>One field of a schedule: its range and the names of its values, from the lowest on.</summary>
internal sealed record CronField(int Min, int Max, IReadOnlyList<string> Names)
{
    /// <summary>Reads a list of values, ranges and steps.</summary>
    /// <param name="isAny">The field leaves its values open, with <c>*</c> or <c>?</c>.</param>
    public bool TryParse(string text, out ulong bits, out bool isAny, [NotNullWhen(false)] out string? error)
    {
        (bits, isAny, error) = (0, false, null);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            error = AddRange(part, ref bits, ref isAny);
            if (error is not null)
            {
                return false;
            }
        }

        return true;
    }

    private string? AddRange(string text, ref ulong bits, ref bool isAny)
    {
        var parts = text.Split('/');
        var bounds = parts[0].Split('-');
        var (start, end, isOpen) = (Min, Max, bounds[0] is "*" or "?");
        if (!isOpen)
        {
            if (TryNumber(bounds[0], Names, out start) is { } startError)
            {
                return startError;
            }

            end = start;
            if (bounds.Length > 2)
            {
                return $"too many hyphens: {text}";
            }

            if (bounds.Length == 2 && TryNumber(bounds[1], Names, out end) is { } endError)
            {
                return endError;
            }
        }

        var step = 1;
        if (parts.Length > 2)
        {
            return $"too many slashes: {text}";
        }

        if (parts.Length == 2)
        {
            if (TryNumber(parts[1], [], out step) is { } stepError)
            {
                return stepError;
            }

            // A single value with a step begins a range.
            end = bounds.Length == 1 ? Max : end;
            isOpen &= step <= 1;
        }

        if (Problem(start, end, step) is { } problem)
        {
            return $"{problem}: {text}";
        }

        isAny |= isOpen;
        for (var value = (long)start; value <= end; value += step)
        {
            bits |= 1UL << (int)value;
        }

        return null;
    }

    private string? Problem(int start, int end, int step) =>
        start < Min ? $"beginning of range ({start}) below minimum ({Min})"
        : end > Max ? $"end of range ({end}) above maximum ({Max})"
        : start > end ? $"beginning of range ({start}) beyond end of range ({end})"
        : step == 0 ? "step of range should be a positive number"
        : null;

    private string? TryNumber(string text, IReadOnlyList<string> names, out int number)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], text, StringComparison.OrdinalIgnoreCase))
            {
                number = Min + i;
                return null;
            }
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        {
            return $"failed to parse int from {text}: strconv.Atoi: parsing {GoSyntax.Quote(text)}: invalid syntax";
        }

        return number < 0 ? $"negative number ({number}) not allowed: {text}" : null;
    }
}
