namespace Petrel.Api.Validation;

/// <summary>Says what is wrong with an object's name, in upstream's words; nothing for a good one.</summary>
/// <param name="name">The name, or the prefix from which one is generated.</param>
/// <param name="isPrefix">The text is a prefix: a trailing dash will be followed by something.</param>
public delegate IEnumerable<string> NameRule(string name, bool isPrefix);
